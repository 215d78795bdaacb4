import { qualysVaultCurrent } from '../../../src/checks/qualys/qualys-vault-current.ts';
import type { DirectoryAccount } from '../../../src/domain/evidence/directory.ts';
import { dayMs, hourMs } from '../../../src/domain/instant.ts';
import { at, type Case, type Given, gap, itJudges, loginRow, perAccount, qualys, user } from '../../given.ts';
import { blind, vaultRecords, withQualys } from './given.ts';

const local = { ...qualys, domain: null };
const localSettings = withQualys({ scanAccounts: [local] });
const login = (hours: number, fields = {}) => loginRow({ at: at - hours * hourMs, ...fields });
const failure = (hours: number) => login(hours, { action: 'login-failure' });

type Told = {
  changed?: number | null;
  edited?: number | null;
  rows?: ReturnType<typeof login>[];
  lastLogin?: number | null;
};

/** In days. */
const minutes = (count: number) => count / 1440;
/** No time of the vault's audit can be read then either. */
const clockless: Given = { vaultClock: gap, scanUserAudits: gap };

const days = (count: number | null | undefined) => (count == null ? null : at - count * dayMs);

/** A local account; days ago of its password's change and of the record's edit. */
const of = ({ changed, edited = 30, rows = [], lastLogin = null }: Told, more: Given = {}): Given => ({
  vaultRecords: vaultRecords({ domain: null, lastModified: days(edited) }),
  scanUsers: perAccount([
    local,
    user({ domain: null, passwordLastChanged: days(changed), lastLogin: days(lastLogin) }),
  ]),
  scanUserAudits: perAccount([local, rows]),
  scanDirectoryAccounts: null,
  readerSeenFrom: { address: '10.0.0.5' },
  vaultClock: { kind: 'offset', minutes: 0, how: 'It is UTC.' },
  ...more,
});

const account = (setDaysAgo: number | null): DirectoryAccount => ({
  name: 'svc-qualys',
  enabled: true,
  locked: false,
  lockedAt: null,
  expires: null,
  mustChangePassword: false,
  passwordLastSet: days(setDaysAgo),
  passwordExpired: false,
  passwordExpires: null,
});

const inDirectory = (setDaysAgo: number | null, rows: ReturnType<typeof login>[] = []): Given => ({
  ...of({ rows }),
  vaultRecords: vaultRecords({}),
  scanUsers: perAccount([qualys, user()]),
  scanUserAudits: perAccount([qualys, rows]),
  scanDirectoryAccounts: perAccount([qualys, account(setDaysAgo)]),
});

const lines: Case[] = [
  [
    'edited after the change',
    of({ changed: 60 }),
    'pass',
    'an edit does not prove that the password was set',
  ],
  [
    'changed after the edit',
    of({ changed: 2, lastLogin: 9 }),
    'fail',
    'The password of svc-qualys changed at 2026-11-22T02:00Z, after the last edit of “Corp” at 2026-10-25T02:00Z, and no login of an appliance followed',
  ],
  ['changed after the edit, with a login before', of({ changed: 2, rows: [login(72)] }), 'fail', 'no login'],
  [
    'changed after the edit, with a login after',
    of({ changed: 2, rows: [login(3)] }),
    'pass',
    'logged in at',
  ],
  [
    'changed after the edit, with a login from elsewhere',
    of({ changed: 2, rows: [login(3, { address: '10.9.9.9' })] }),
    'fail',
    'no login of an appliance',
  ],
  [
    'changed after the edit, failed logins only',
    of({ changed: 2, rows: [failure(3)] }),
    'fail',
    'still sends the old one',
  ],
  [
    'a change that only the audit tells',
    of({ rows: [login(3, { action: 'password-changed' })] }),
    'fail',
    'changed at',
  ],
  [
    'changed before the window, logged in since',
    of({ changed: 20, lastLogin: 10 }),
    'unknown',
    'are not read',
  ],
  ['changed before the window, last login unknown', of({ changed: 20 }), 'unknown', 'are not read'],
  ['changed before the window, no login since', of({ changed: 20, lastLogin: 25 }), 'fail', 'no login'],
  [
    'changed after the edit, the audit unread',
    of({ changed: 2 }, { scanUserAudits: gap }),
    'unknown',
    gap.gap.detail,
  ],
  [
    'changed minutes after the edit, no login',
    of({ changed: 30 - minutes(3) }),
    'unknown',
    'do not tell which',
  ],
  [
    'changed minutes after the edit, a login before both',
    of({ changed: 1 - minutes(3), edited: 1, rows: [login(25)] }),
    'unknown',
    'do not tell which',
  ],
  [
    'changed minutes after the edit, a login since',
    of({ changed: 1 - minutes(3), edited: 1, rows: [login(3)] }),
    'pass',
    'logged in at',
  ],
  [
    'changed an hour after the edit',
    of({ changed: 2, edited: 2 + minutes(60) }),
    'fail',
    'still sends the old one',
  ],
  [
    'edited within the offset of a clock that is not known',
    of({ changed: 2, edited: 2 - minutes(13 * 60) }, clockless),
    'unknown',
    gap.gap.detail,
  ],
  [
    'changed within the offset of a clock that is not known',
    of({ changed: 2, edited: 2 + minutes(13 * 60) }, clockless),
    'unknown',
    gap.gap.detail,
  ],
  [
    'edited after the change by any clock',
    of({ changed: 2, edited: 2 - minutes(15 * 60) }, clockless),
    'pass',
    'an edit does not prove',
  ],
  ['time of change unread, a login', of({ rows: [login(3)] }), 'pass', 'logged in at'],
  [
    'time of change unread, a failure after the login',
    of({ rows: [failure(1), login(3)] }),
    'unknown',
    'not known when the password',
  ],
  ['time of change unread, no login', of({}), 'unknown', 'not known when the password'],
  ['time of edit unread, a login', of({ changed: 60, edited: null, rows: [login(3)] }), 'pass', 'logged in'],
  [
    'time of edit unread, no login',
    of({ changed: 60, edited: null }),
    'unknown',
    'Qualys does not tell when',
  ],
  ['the account unread, no login', of({}, { scanUsers: gap }), 'unknown', gap.gap.detail],
  ['all of the account unread', of({}, { scanUsers: gap, scanUserAudits: gap }), 'unknown', gap.gap.detail],
  [
    'no record carries it',
    of({}, { vaultRecords: vaultRecords({ username: 'old' }) }),
    'skipped',
    'No vault record carries',
  ],
  ['the records unread', of({}, { vaultRecords: { gap: blind } }), 'unknown', blind.detail],
];

const directoryLines: Case[] = [
  [
    'the directory has an older password',
    inDirectory(60),
    'pass',
    'The password of CORP\\svc-qualys last changed',
  ],
  [
    'the directory has a newer password',
    inDirectory(2),
    'fail',
    'CORP\\svc-qualys changed at 2026-11-22T02:00Z',
  ],
  [
    'the directory has a newer password, and a login followed',
    inDirectory(2, [login(1)]),
    'pass',
    'logged in',
  ],
  [
    'the directory has a newer password, and a login came within minutes, by another clock',
    inDirectory(2, [login(48 - 3 / 60)]),
    'unknown',
    'two clocks do not tell which came first',
  ],
  ['the directory does not tell', inDirectory(null), 'unknown', 'not known when'],
  [
    'the directory unread, a login',
    { ...inDirectory(2, [login(1)]), scanDirectoryAccounts: { gap: blind } },
    'pass',
    'logged in',
  ],
  [
    'the directory unread, no login',
    { ...inDirectory(2), scanDirectoryAccounts: { gap: blind } },
    'unknown',
    blind.detail,
  ],
  [
    'no directory, and Secret Server knows of a change after the edit',
    {
      ...inDirectory(null),
      scanDirectoryAccounts: null,
      scanUsers: perAccount([qualys, user({ passwordLastChanged: days(2), lastLogin: days(9) })]),
    },
    'fail',
    'changed at 2026-11-22T02:00Z',
  ],
  [
    'no directory, and Secret Server knows of an older change only',
    {
      ...inDirectory(null),
      scanDirectoryAccounts: null,
      scanUsers: perAccount([qualys, user({ passwordLastChanged: days(60) })]),
    },
    'unknown',
    'Configure the directory',
  ],
];

itJudges(qualysVaultCurrent, [
  ...lines.map(([name, given, verdict, says]): Case => [name, given, verdict, says, localSettings]),
  ...directoryLines.map(([name, given, verdict, says]): Case => [name, given, verdict, says, withQualys()]),
  [
    'a proxy hides who is who, and any login counts',
    of(
      { changed: 2, rows: [login(3, { address: '10.9.9.9' })] },
      { readerSeenFrom: { address: '10.20.30.40' } },
    ),
    'pass',
    'logged in',
    localSettings,
  ],
  ['no Qualys', of({}), 'skipped', 'No Qualys is configured.'],
]);
