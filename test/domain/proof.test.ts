import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserAuditRow } from '../../src/domain/evidence/account.ts';
import type { SecretAuditRow } from '../../src/domain/evidence/secret.ts';
import { dayMs, hourMs } from '../../src/domain/instant.ts';
import { proofOf } from '../../src/domain/proof.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { directoryAccount, withDirectory } from '../checks/directory/given.ts';
import {
  appliance,
  at,
  bookOf,
  context,
  type Given,
  gap,
  loginRow,
  perAccount,
  qualys,
  second,
  user,
  viewRow,
} from '../given.ts';

const login = (hours: number, fields: Partial<UserAuditRow> = {}) =>
  loginRow({ at: at - hours * hourMs, ...fields });
const view = (hours: number, fields: Partial<SecretAuditRow> = {}) =>
  viewRow({ at: at - hours * hourMs, ...fields });
const changed = (hours: number, fields: Partial<UserAuditRow> = {}) =>
  login(hours, { action: 'changed', text: 'EDIT', notes: 'Email: a to b;', ...fields });
const edited = (hours: number, fields: Partial<SecretAuditRow> = {}) =>
  view(hours, {
    action: 'edited',
    text: 'UPDATE',
    notes: 'anna (Granted View)',
    username: 'CORP\\anna',
    ...fields,
  });

const of = (userRows: UserAuditRow[], secretRows: SecretAuditRow[], more: Given = {}): Given => ({
  scanUsers: perAccount([qualys, user()]),
  scanUserAudits: perAccount([qualys, userRows]),
  secretAudit: secretRows,
  readerSeenFrom: { address: '10.0.0.5' },
  ...more,
});

type Line = [name: string, given: Given, level: string, says: string, settings?: Partial<Settings>];

const inDirectory = (passwordLastSet: number | null) => ({
  scanDirectoryAccounts: perAccount([qualys, directoryAccount({ passwordLastSet })]),
});

const lines: Line[] = [
  [
    'the password changed in the directory before',
    of([login(2)], [view(1)], inDirectory(at - 3 * hourMs)),
    'proved',
    'viewed',
    withDirectory(),
  ],
  [
    'the password changed in the directory since',
    of([login(2)], [view(1)], inDirectory(at - hourMs / 2)),
    'partial',
    'the password of CORP\\svc-qualys in the directory',
    withDirectory(),
  ],
  [
    'a directory that could not be read',
    of([login(2)], [view(1)], { scanDirectoryAccounts: gap }),
    'partial',
    'Could not be read',
    withDirectory(),
  ],
  [
    'an account of the directory that must change its password',
    of([login(2)], [view(1)], inDirectory(null)),
    'partial',
    'must be changed at the next logon',
    withDirectory(),
  ],
  [
    'an account that the directory does not have',
    of([login(2)], [view(1)], { scanDirectoryAccounts: perAccount([qualys, null]) }),
    'partial',
    'The directory has no account CORP\\svc-qualys.',
    withDirectory(),
  ],
  [
    'where the reader is seen from could not be read: a proxy may hide who is who',
    of([login(2)], [view(1)], { readerSeenFrom: gap }),
    'partial',
    'Could not be read: The reader may not read it',
  ],
  ['no directory', of([login(2)], [view(1)], { scanDirectoryAccounts: gap }), 'proved', 'viewed'],
  [
    'a login and a later view',
    of([login(2)], [view(1)]),
    'proved',
    'CORP\\svc-qualys logged in from an appliance at 2026-11-24T00:00Z and viewed the secret at 2026-11-24T01:00Z.',
  ],
  ['a login and a view in the same moment', of([login(2)], [view(2)]), 'proved', 'viewed'],
  [
    'a later login without a view of its own',
    of([login(1), login(3)], [view(2)]),
    'proved',
    'logged in from an appliance at 2026-11-23T23:00Z',
  ],
  [
    'a displayed password is a view',
    of([login(2)], [view(1, { action: 'password-displayed' })]),
    'proved',
    'viewed',
  ],
  ['changes before both', of([login(2), changed(4)], [view(1), edited(5)]), 'proved', 'viewed'],
  ['nothing', of([], []), 'none', 'No login from an appliance and no view since 2026-11-17T02:00Z was seen.'],
  [
    'both before the window',
    of([loginRow({ at: at - 9 * dayMs })], [viewRow({ at: at - 8 * dayMs })]),
    'none',
    'No login',
  ],
  [
    'a login alone',
    of([login(2)], []),
    'partial',
    'CORP\\svc-qualys logged in from 10.20.30.40 at 2026-11-24T00:00Z. No view of this secret by it was seen.',
  ],
  ['a view alone', of([], [view(1)]), 'partial', "No login from an appliance's address was seen."],
  ['a view before the login', of([login(1)], [view(2)]), 'partial', 'No view followed the login.'],
  [
    'a login from elsewhere',
    of([login(2, { address: '10.9.9.9' })], [view(1)]),
    'partial',
    "No login from an appliance's address",
  ],
  [
    'a failed login',
    of([login(2, { action: 'login-failure' })], [view(1)]),
    'partial',
    "No login from an appliance's address",
  ],
  [
    'a view by somebody else',
    of([login(2)], [view(1, { username: 'CORP\\anna' })]),
    'partial',
    'No view of this secret by it',
  ],
  [
    'no address configured',
    of([login(2)], [view(1)]),
    'partial',
    "No appliance's address is configured",
    { appliances: [{ ...appliance, addresses: [] }] },
  ],
  [
    'a proxy hides who is who',
    of([login(2)], [view(1)], { readerSeenFrom: { address: '10.20.30.40' } }),
    'partial',
    'a proxy hides who is who',
  ],
  [
    'the account changed after the login',
    of([changed(1.5), login(2)], [view(1)]),
    'partial',
    'The login was before the last change, at 2026-11-24T00:30Z (EDIT: Email: a to b;), so nothing proves yet',
  ],
  [
    'the account changed before both, and the view was before the login',
    of([changed(3), login(1)], [view(2)]),
    'partial',
    'No view followed the login.',
  ],
  [
    'the account changed after the view, and it logged in since',
    of([changed(1.5), login(1)], [view(2)]),
    'partial',
    'The view was before the last change',
  ],
  [
    'the account changed after both',
    of([changed(0.5), login(2)], [view(1)]),
    'partial',
    'Both were before the last change',
  ],
  [
    'its password changed',
    of([login(0.5, { action: 'password-changed', text: 'PASSWORDCHANGE' }), login(2)], [view(1)]),
    'partial',
    'PASSWORDCHANGE',
  ],
  [
    'its password changed, by the user record',
    of([login(2)], [view(1)], {
      scanUsers: perAccount([qualys, user({ passwordLastChanged: at - hourMs / 2 })]),
    }),
    'partial',
    'the password of CORP\\svc-qualys',
  ],
  [
    'it joined a group',
    of([login(0.5, { action: 'other', text: 'ADDEDTOGROUP' }), login(2)], [view(1)]),
    'partial',
    'ADDEDTOGROUP',
  ],
  [
    'counters of a login are no change',
    of([changed(0.5, { notes: 'LoginFailures: 0 to 1; IsLockedOut: false to true;' }), login(2)], [view(1)]),
    'proved',
    'viewed',
  ],
  [
    'another word of the audit is no change',
    of([login(0.5, { action: 'other', text: 'VIEWREPORT' }), login(2)], [view(1)]),
    'proved',
    'viewed',
  ],
  [
    'a change beside counters is one',
    of([changed(0.5, { notes: 'LoginFailures: 0 to 1; Enabled: true to false;' }), login(2)], [view(1)]),
    'partial',
    'Enabled',
  ],
  [
    "the secret's permissions changed",
    of([login(2)], [edited(0.5), view(1)]),
    'partial',
    'anna (Granted View)',
  ],
  [
    'the secret was edited without notes',
    of([login(2)], [edited(0.5, { notes: '' }), view(1)]),
    'partial',
    'UPDATE',
  ],
  [
    'its password rotated',
    of(
      [login(2)],
      [
        edited(0.5, { notes: 'Remote Password Change - Fields: (Password)' }),
        view(0.7, { action: 'password-changed' }),
        view(1),
      ],
    ),
    'proved',
    'viewed',
  ],
  [
    'it was deactivated',
    of([login(2)], [edited(0.5, { action: 'deactivated', text: 'DEACTIVATE', notes: '' }), view(1)]),
    'partial',
    'DEACTIVATE',
  ],
  [
    'another word of its audit that means sharing',
    of([login(2)], [edited(0.5, { action: 'other', text: 'SHARE CHANGED', notes: '' }), view(1)]),
    'partial',
    'SHARE CHANGED',
  ],
  [
    'a launch is no change',
    of([login(2)], [edited(0.5, { action: 'other', text: 'LAUNCH', notes: '' }), view(1)]),
    'proved',
    'viewed',
  ],
  [
    'users unread: its password may have changed',
    of([login(2)], [view(1)], { scanUsers: gap }),
    'partial',
    `Changes since then cannot be ruled out. Could not be read: ${gap.gap.detail}`,
  ],
  [
    'audits unread',
    of([], [view(1)], { scanUserAudits: perAccount([qualys, gap]) }),
    'partial',
    gap.gap.detail,
  ],
  ['the secret is unread', of([login(2)], [], { secretAudit: gap }), 'partial', gap.gap.detail],
  ['nothing could be read', {}, 'none', 'Could not be read'],
];

describe('proofOf', () => {
  it.each(lines)('%s', (...line) => {
    const [, given, level, says, settings] = line;
    const proof = proofOf(bookOf(given), context(settings));
    expect(proof).toMatchObject({ level, text: expect.stringContaining(says) });
    expect(proof.at === null).toBe(level === 'none');
  });

  it('is proved only where login and view are later than every change', () => {
    const ago = fc.integer({ min: 1, max: 6 * 24 * 60 }).map((minutes) => minutes / 60);
    const times = fc.record({ login: ago, view: ago, user: ago, account: ago, secret: ago, directory: ago });
    fc.assert(
      fc.property(times, (hours) => {
        const given = of(
          [login(hours.login), changed(hours.account)],
          [view(hours.view), edited(hours.secret)],
          {
            ...inDirectory(at - hours.directory * hourMs),
            scanUsers: perAccount([qualys, user({ passwordLastChanged: at - hours.user * hourMs })]),
          },
        );
        const { level } = proofOf(bookOf(given), context(withDirectory()));
        const last = Math.min(hours.user, hours.account, hours.secret, hours.directory);
        const isProof = hours.login < last && hours.view <= hours.login;
        const isClose = hours.directory - hours.login <= 6 / 60;
        if (!isProof) expect(level).not.toBe('proved');
        else if (!isClose) expect(level).toBe('proved');
      }),
    );
  });

  it('gives the moment of the view, or of the latest trace', () => {
    expect(proofOf(bookOf(of([login(2)], [view(1)])), context()).at).toBe('2026-11-24T01:00:00.000Z');
    expect(proofOf(bookOf(of([login(2)], [])), context()).at).toBe('2026-11-24T00:00:00.000Z');
  });

  it('does not join the login of one account with the view of another', () => {
    const given = {
      scanUsers: perAccount([qualys, user()], [second, user({ id: 8 })]),
      scanUserAudits: perAccount([qualys, [login(2)]], [second, []]),
      secretAudit: [view(1, { username: 'svc-qualys-2', displayName: 'Second' })],
    };
    const settings = { scanAccounts: [qualys, second] };
    expect(proofOf(bookOf(given), context(settings)).level).toBe('partial');
  });

  it('is proved by one scan account although another leaves it open', () => {
    const given = {
      readerSeenFrom: { address: '10.0.0.5' },
      scanUsers: perAccount([qualys, gap], [second, user({ id: 8 })]),
      scanUserAudits: perAccount([qualys, [login(2)]], [second, [login(3)]]),
      secretAudit: [view(1), view(2, { username: 'svc-qualys-2', displayName: 'Second' })],
    };
    const settings = { scanAccounts: [qualys, second] };
    expect(proofOf(bookOf(given), context(settings)).level).toBe('proved');
  });

  it('is proved by any one scan account', () => {
    const given = {
      readerSeenFrom: { address: '10.0.0.5' },
      scanUsers: perAccount([qualys, gap], [second, user({ id: 8 })]),
      scanUserAudits: perAccount([qualys, gap], [second, [login(2)]]),
      secretAudit: [view(1, { username: 'svc-qualys-2', displayName: 'Second' })],
    };
    const settings = { scanAccounts: [qualys, second] };
    expect(proofOf(bookOf(given), context(settings))).toMatchObject({
      level: 'proved',
      text: expect.stringContaining('svc-qualys-2'),
    });
  });
});
