import { describe, expect, it } from 'vitest';
import { probableCause } from '../../src/domain/cause.ts';
import { causeFacts } from '../../src/domain/cause-facts.ts';
import type { Evidence } from '../../src/domain/evidence/index.ts';
import type { Cause, Incident } from '../../src/domain/incident.ts';
import { dayMs } from '../../src/domain/instant.ts';
import { regularInterval } from '../../src/domain/regular-interval.ts';
import {
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
} from '../given.ts';
import {
  elsewhere,
  happening,
  lockedOut,
  minute,
  observed,
  sighting,
  stepContext,
  stepped,
} from '../incidents.ts';

const failure = (minutes: number, fields: Parameters<typeof loginRow>[0] = {}) =>
  loginRow({ at: minute(minutes), action: 'login-failure', text: 'LOGINFAILURE', ...fields });

const fromAppliance = lockedOut({ addresses: [{ ...sighting(at), count: 5 }] });
const fromElsewhere = lockedOut({ addresses: [{ ...sighting(at, elsewhere), count: 5 }] });

const record = (lastModified: number | null): Evidence['vaultRecords'] => ({
  readAt: at,
  records: [
    {
      record: { id: 1, title: 'Corp Secret Server', lastModified, modifiedBy: null },
      login: {
        known: { url: 'https://vault.corp.example/SecretServer', username: 'svc-qualys', domain: 'CORP' },
      },
    },
  ],
});

const audits = (...rows: ReturnType<typeof loginRow>[]) => ({ scanUserAudits: perAccount([qualys, rows]) });
const changed = (passwordLastChanged: number | null) => ({
  scanUsers: perAccount([qualys, user({ passwordLastChanged })]),
});
const restricted = (...ranges: string[]) => ({
  scanUserRestrictions: perAccount([
    qualys,
    { own: ranges.map((range) => ({ name: 'r', range })), groups: [] },
  ]),
});

/** One row: what happened, what is known, the cause, how sure, and words that must stand in it. */
type Scenario = [
  name: string,
  incident: Incident,
  given: Given,
  id: Cause['id'],
  confidence: Cause['confidence'],
  says: string,
];

const mistyped = stepped(
  null,
  observed(happening('login-unknown-user', { ...sighting(at), details: 'CORP\\svc-qualis' })),
  stepContext(at),
);

const scenarios: readonly Scenario[] = [
  [
    'changed after the record was edited',
    fromAppliance,
    { ...audits(failure(0)), ...changed(at - dayMs), vaultRecords: record(at - 9 * dayMs) },
    'stale-qualys-record',
    'high',
    'Corp Secret Server',
  ],
  [
    'changed, the record unread',
    fromAppliance,
    { ...audits(failure(0)), ...changed(at - dayMs), vaultRecords: gap },
    'stale-qualys-record',
    'medium',
    'is not known',
  ],
  [
    'changed, no Qualys',
    fromAppliance,
    { ...audits(failure(0)), ...changed(at - dayMs), vaultRecords: null },
    'stale-qualys-record',
    'medium',
    'Qualys still sends the old password',
  ],
  [
    'changed by an audit row alone',
    fromAppliance,
    audits(failure(0), loginRow({ at: at - dayMs, action: 'password-changed' })),
    'stale-qualys-record',
    'medium',
    'Secret Server at',
  ],
  [
    'the record was edited after the change',
    fromAppliance,
    { ...audits(failure(0)), ...changed(at - dayMs), vaultRecords: record(at - dayMs / 2) },
    'unknown',
    'low',
    'Looked at',
  ],
  [
    'an appliance logged in after the change',
    fromAppliance,
    { ...audits(failure(0), loginRow({ at: at - dayMs / 2 })), ...changed(at - dayMs) },
    'unknown',
    'low',
    'Looked at',
  ],
  [
    'the restriction leaves the appliance out',
    fromAppliance,
    { ...audits(failure(0)), ...restricted('10.9.0.0/16'), ...changed(at - dayMs) },
    'address-blocked',
    'high',
    '10.20.30.40',
  ],
  [
    'the restriction lets the appliance in',
    fromAppliance,
    { ...audits(failure(0)), ...restricted('10.20.0.0/16') },
    'unknown',
    'low',
    'Looked at',
  ],
  [
    'InvalidIpAddress in the audit',
    fromAppliance,
    audits(failure(0, { notes: 'InvalidIpAddress' })),
    'address-blocked',
    'high',
    'InvalidIpAddress',
  ],
  [
    'InvalidIpAddress of a stranger is what it is for',
    fromElsewhere,
    audits(failure(0, { notes: 'InvalidIpAddress', address: '192.0.2.7' })),
    'guessing',
    'medium',
    '192.0.2.7',
  ],
  ['a name that does not exist', mistyped, {}, 'mistyped-record', 'high', 'svc-qualis'],
  [
    'one other address, with earlier logins',
    fromElsewhere,
    audits(failure(0, { address: '192.0.2.7' }), loginRow({ at: at - dayMs, address: '192.0.2.7' })),
    'other-client',
    'high',
    'Find the client at 192.0.2.7',
  ],
  [
    'one other address, like a clock',
    fromElsewhere,
    audits(...[0, 5, 10, 15].map((m) => failure(m, { address: '192.0.2.7' }))),
    'other-client',
    'medium',
    'every 300 seconds',
  ],
  [
    'an address never seen',
    fromElsewhere,
    audits(failure(0, { address: '192.0.2.7' })),
    'guessing',
    'medium',
    '192.0.2.7',
  ],
  [
    'two addresses never seen',
    fromElsewhere,
    audits(failure(0, { address: '192.0.2.7' }), failure(1, { address: '192.0.2.8' })),
    'guessing',
    'high',
    '192.0.2.8',
  ],
  [
    'nothing could be read',
    lockedOut(),
    { scanUserAudits: gap, scanUsers: gap },
    'unknown',
    'low',
    'lacks View Users',
  ],
];

describe('probable cause', () => {
  it.each(scenarios)('%s', (...row) => {
    const [, incident, given, id, confidence, says] = row;
    const { settings } = context();
    const found = probableCause(causeFacts(bookOf(given), incident, settings));
    expect(found).toMatchObject({ id, confidence });
    expect([found?.text, found?.next, ...(found?.evidence ?? [])].join('\n')).toContain(says);
    expect(found?.evidence.length).toBeGreaterThan(0);
  });

  it('several accounts at once are guessed at', () => {
    const { settings } = context({ scanAccounts: [qualys, second] });
    const rows = [failure(0, { address: '192.0.2.7' })];
    const book = bookOf({ scanUserAudits: perAccount([qualys, rows], [second, rows]) });
    expect(probableCause(causeFacts(book, fromElsewhere, settings))).toMatchObject({
      id: 'guessing',
      confidence: 'high',
    });
  });

  it('a password changed in the directory, later than in Secret Server', () => {
    const directoryAccount = {
      name: 'svc-qualys',
      enabled: true,
      locked: false,
      lockedAt: null,
      expires: null,
      mustChangePassword: false,
      passwordLastSet: at - dayMs,
      passwordExpired: false,
      passwordExpires: null,
    };
    const given = {
      ...audits(failure(0)),
      ...changed(at - 9 * dayMs),
      vaultRecords: record(at - 5 * dayMs),
      scanDirectoryAccounts: perAccount([qualys, directoryAccount]),
    } as Given;
    const found = probableCause(causeFacts(bookOf(given), fromAppliance, context().settings));
    expect(found).toMatchObject({
      id: 'stale-qualys-record',
      text: expect.stringContaining('the directory'),
    });
  });

  it('without configured addresses, nothing is read from addresses', () => {
    const incident = lockedOut({
      addresses: [{ ...sighting(at), origin: 'unknown', appliance: null, count: 3 }],
    });
    const { settings } = context({ appliances: [] });
    const book = bookOf({ ...audits(failure(0)), ...changed(at - dayMs) });
    const found = probableCause(causeFacts(book, incident, settings));
    expect(found).toMatchObject({ id: 'unknown' });
    expect(found?.evidence.join()).toContain("No appliance's address is configured");
  });

  describe('of a changed password', () => {
    const incident = stepped(null, observed(happening('password-changed')), stepContext(at));
    const causeOf = (one: Incident, given: Given) =>
      probableCause(causeFacts(bookOf(given), one, context().settings));
    const given = { ...audits(failure(0)), ...changed(at - dayMs), vaultRecords: record(at - 9 * dayMs) };

    it('says which record holds the old one, and not what the card of the lockout says', () => {
      const [own, other] = [causeOf(incident, given), causeOf(fromAppliance, given)];
      expect(own).toMatchObject({ id: 'stale-qualys-record', confidence: 'high' });
      expect(other).toMatchObject({ id: 'stale-qualys-record', confidence: 'high' });
      expect(own?.text).toMatch(/^The vault record "Corp Secret Server" of Qualys holds the old password/);
      expect(own?.evidence.join()).toContain('No appliance logged in since then.');
      expect(JSON.stringify(own)).not.toMatch(/still sends|failures come from|unlock/);
      expect(own?.next).toMatch(/^Put the new password into the vault record "Corp Secret Server"/);
    });

    it('claims nothing of a record that could not be read', () => {
      const own = causeOf(incident, { ...given, vaultRecords: gap });
      expect(own).toMatchObject({ confidence: 'medium' });
      expect(own?.text).toBe('Nothing shows that the new password stands in the vault record of Qualys.');
    });

    it.each([
      ['the record was edited since', { ...given, vaultRecords: record(at) }],
      ['an appliance logged in since', { ...given, ...audits(loginRow({ at: at - dayMs / 2 })) }],
      ['nothing tells of a change', { ...audits(failure(0)), vaultRecords: record(at) }],
    ])('is not known where %s', (_, known) => {
      expect(causeOf(incident, known)?.id).toBe('unknown');
    });
  });

  it('is asked of logins and passwords only', () => {
    const incident = stepped(null, observed(happening('service-off')), stepContext(at));
    expect(probableCause(causeFacts(bookOf({}), incident, context().settings))).toBeNull();
  });

  it.each([
    ['like a clock', [0, 60, 120, 180], 60],
    ['too few', [0, 60, 120], null],
    ['as it comes', [0, 60, 90, 400], null],
    ['all at once', [0, 0, 0, 0], null],
  ])('an interval: %s', (_, seconds, expected) => {
    expect(regularInterval(seconds.map((one) => one * 1000))).toBe(expected && expected * 1000);
  });
});
