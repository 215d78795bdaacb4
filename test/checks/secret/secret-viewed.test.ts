import { secretViewed } from '../../../src/checks/secret/secret-viewed.ts';
import type { SecretAuditRow } from '../../../src/domain/evidence/secret.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges, perAccount, qualys, second, user, viewRow } from '../../given.ts';
import { record, records, scan, scans, vaultRecords } from '../qualys/given.ts';

const of = (...rows: SecretAuditRow[]) => ({ secretAudit: rows, scanUsers: perAccount([qualys, user()]) });
const none = 'No scan account has viewed “scanadmin” since 2026-11-17T02:00Z';

itJudges(secretViewed, [
  ['a view', of(viewRow()), 'pass', 'CORP\\svc-qualys viewed “scanadmin” at 2026-11-23T14:00Z (VIEW)'],
  [
    'a displayed password',
    of(viewRow({ action: 'password-displayed', text: 'WEBSERVICE PASSWORD DISPLAYED' })),
    'pass',
    'WEBSERVICE PASSWORD DISPLAYED',
  ],
  [
    'the latest of several',
    of(viewRow({ at: at - 3 * hourMs }), viewRow({ at: at - 2 * hourMs })),
    'pass',
    'at 2026-11-24T00:00Z',
  ],
  ['another spelling of the account', of(viewRow({ username: 'svc-qualys@corp.example' })), 'pass', 'viewed'],
  [
    'a view by the second account',
    of(viewRow({ username: 'svc-qualys-2' })),
    'pass',
    'svc-qualys-2 viewed',
    { scanAccounts: [qualys, second] },
  ],
  [
    'a name without its domain, display name agrees',
    of(viewRow({ username: 'svc-qualys' })),
    'pass',
    'viewed',
  ],
  ['a local namesake', of(viewRow({ username: 'svc-qualys', displayName: 'Somebody' })), 'warn', none],
  [
    'a name without its domain, users unread',
    { ...of(viewRow({ username: 'svc-qualys' })), scanUsers: gap },
    'unknown',
    gap.gap.detail,
  ],
  [
    'a name without its domain that is nobody of ours, users unread',
    { ...of(viewRow({ username: 'anna' })), scanUsers: gap },
    'warn',
    none,
  ],
  [
    'a view without a name, display name agrees',
    of(viewRow({ username: '' })),
    'unknown',
    'Qualys scanner viewed it at 2026-11-23T14:00Z; whether that was CORP\\svc-qualys is not known',
  ],
  ['its reason', of(viewRow({ username: '' })), 'unknown', 'without the user name of who viewed it'],
  [
    'a view without a name by somebody else',
    of(viewRow({ username: '', displayName: 'Anna' })),
    'warn',
    none,
  ],
  ['a full name, users unread', { ...of(viewRow()), scanUsers: gap }, 'pass', 'viewed “scanadmin”'],
  ['no view', of(), 'warn', none],
  ['a view by somebody else', of(viewRow({ username: 'CORP\\anna' })), 'warn', none],
  ['another action', of(viewRow({ action: 'checked-out' })), 'warn', none],
  ['a view before the window', of(viewRow({ at: at - 8 * dayMs })), 'warn', none],
  ['the audit is unread', { secretAudit: gap }, 'unknown', gap.gap.detail],
]);

const withScan = (rows: SecretAuditRow[], ...all: Parameters<typeof scan>[0][]) => ({
  ...of(...rows),
  viewIntervalMinutes: 30,
  vaultRecords: vaultRecords({}),
  authenticationRecords: records([record()]),
  scans: scans(...all.map(scan)),
});
/** The scan of the table: from 00:00 to 01:00, an hour before the moment of judging. */
const viewAt = (minutesBeforeLaunch: number) =>
  viewRow({ at: at - 2 * hourMs - minutesBeforeLaunch * minuteMs });

itJudges(secretViewed, [
  [
    'no view, and a finished scan of its hosts',
    withScan([], {}),
    'fail',
    `${none}, although the scan “Weekly”`,
  ],
  ['its evidence', withScan([], {}), 'fail', 'scans by group or tag are not counted'],
  [
    'a view long before the scan',
    withScan([viewAt(31)], {}),
    'warn',
    'The scan “Weekly” of its hosts ran from 2026-11-24T00:00Z to 2026-11-24T01:00Z, and no scan account has viewed',
  ],
  [
    'a view long before the scan, and one that may be its own',
    { ...withScan([viewAt(500), { ...viewAt(5), username: 'svc-qualys' }], {}), scanUsers: gap },
    'unknown',
    'whether that was CORP\\svc-qualys is not known',
  ],
  ['a view whose row stands for the next ones', withScan([viewAt(30)], {}), 'pass', 'viewed “scanadmin”'],
  ['a view during the scan, longer ago than the interval', withScan([viewAt(-1)], {}), 'pass', 'viewed'],
  ['a view after the scan', withScan([viewAt(-90)], {}), 'pass', 'viewed'],
  ['a running scan', withScan([], { state: 'running' }), 'warn', none],
  ['a scan whose end is not told', withScan([], { durationMs: null }), 'warn', none],
  ['a scan of other hosts', withScan([], { targets: ['10.9.0.1'] }), 'warn', none],
  ['a scan by group', withScan([], { targets: ['All servers'] }), 'warn', none],
  [
    'the interval unread',
    { ...withScan([viewAt(500)], {}), viewIntervalMinutes: gap },
    'pass',
    'viewed “scanadmin”',
  ],
  ['scans unread', { ...withScan([], {}), scans: gap }, 'warn', gap.gap.detail],
  ['records unread', { ...withScan([viewAt(500)], {}), authenticationRecords: gap }, 'pass', gap.gap.detail],
  ['no Qualys', { ...of(), scans: null, authenticationRecords: null, vaultRecords: null }, 'warn', none],
]);
