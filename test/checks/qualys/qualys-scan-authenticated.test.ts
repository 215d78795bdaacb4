import { qualysScanAuthenticated } from '../../../src/checks/qualys/qualys-scan-authenticated.ts';
import { dayMs, hourMs } from '../../../src/domain/instant.ts';
import { at, type Case, type Given, itJudges } from '../../given.ts';
import { blind, host, hosts, record, records, scan, scans, vaultRecords, withQualys } from './given.ts';

const of = (list: ReturnType<typeof host>[], more: Given = {}): Given => ({
  authenticationRecords: records([record()]),
  vaultRecords: vaultRecords({}),
  scannedHosts: hosts(...list),
  failedAuthentications: { readAt: at, failures: [] },
  scans: scans(),
  ...more,
});
const never = { authenticatedAt: null };
const long = { authenticatedAt: at - 9 * dayMs };
const failures = (...all: [number, number][]): Given => ({
  failedAuthentications: {
    readAt: at,
    failures: all.map(([number, hours]) => ({
      address: `10.1.0.${number}`,
      qid: 105015,
      lastFoundAt: at - hours * hourMs,
    })),
  },
});
const running = { scans: scans(scan({ state: 'running', launchedAt: at - 2 * hourMs })) };

const lines: Case[] = [
  [
    'all authenticated',
    of([host(1), host(2)]),
    'pass',
    '2 of 2 scanned hosts had an authenticated scan since 2026-11-17T02:00Z',
  ],
  [
    'none authenticated',
    of([host(1, never), host(2, long)]),
    'fail',
    'None of the 2 hosts scanned since 2026-11-17T02:00Z had an authenticated scan: 10.1.0.1, 10.1.0.2.',
  ],
  [
    'some not',
    of([host(1), host(2), host(3), host(4, never)]),
    'warn',
    '1 of 4 scanned hosts (25%) did not let the last scan in: 10.1.0.4.',
  ],
  [
    'many not, the first five named',
    of([host(1), ...[2, 3, 4, 5, 6, 7, 8].map((number) => host(number, never))]),
    'warn',
    '10.1.0.2, 10.1.0.3, 10.1.0.4, 10.1.0.5, 10.1.0.6 and 2 more',
  ],
  [
    'a failed login newer than the last authenticated scan',
    of([host(1), host(2)], failures([1, 0.5])),
    'warn',
    '1 of 2 scanned hosts (50%)',
  ],
  [
    'and its number',
    of([host(1), host(2)], failures([1, 0.5])),
    'warn',
    '1 host noted a failed login (QID 105015)',
  ],
  ['a failed login older than it', of([host(1)], failures([1, 2])), 'pass', '1 of 1'],
  ['a failed login of another host', of([host(1)], failures([77, 0.5])), 'pass', '1 of 1'],
  [
    'no host scanned in the window',
    of([host(1, { scannedAt: at - 8 * dayMs })]),
    'warn',
    'No host of the record was scanned since 2026-11-17T02:00Z',
  ],
  ['no host known', of([]), 'warn', 'No host of the record was scanned'],
  [
    'hosts of other records only',
    of([{ ...host(1, never), address: '10.9.9.9' }]),
    'warn',
    'No host of the record was scanned',
  ],
  ['failed logins unread', of([host(1)], { failedAuthentications: { gap: blind } }), 'pass', '1 of 1'],
  [
    'failed logins unread, and a scan after the last authenticated one',
    of([host(1), host(2, { authenticatedAt: at - dayMs })], { failedAuthentications: { gap: blind } }),
    'unknown',
    blind.detail,
  ],
  [
    'scans unread, and a host that one may have just reached',
    of([host(1, never)], { scans: { gap: blind } }),
    'unknown',
    blind.detail,
  ],
  [
    'scans unread, and a host that none can still be at',
    of([host(1, { ...never, scannedAt: at - 2 * dayMs })], { scans: { gap: blind } }),
    'fail',
    'None of the 1 host',
  ],
  [
    'a record of a vault whose own record is unread',
    of([host(1)], {
      authenticationRecords: records([record({ vaultId: 2 })]),
      vaultRecords: vaultRecords({}, { unread: blind }),
    }),
    'unknown',
    blind.detail,
  ],
  [
    'a secret that is not told',
    of([host(1)], { authenticationRecords: records([record({ secretName: null })]) }),
    'unknown',
    'does not tell which secret',
  ],
  [
    'a scan runs that has reached the host',
    of([host(2, never)], running),
    'skipped',
    'A scan of these hosts is still running.',
  ],
  ['a scan runs that has reached one of the hosts', of([host(1), host(2, never)], running), 'pass', '1 of 1'],
  ['a scan runs that logged in', of([host(1, { authenticatedAt: at - hourMs })], running), 'pass', '1 of 1'],
  [
    'a scan runs elsewhere',
    of([host(1, never)], { scans: scans(scan({ state: 'running', targets: ['10.2.0.1'] })) }),
    'fail',
    'None of the 1 host',
  ],
  [
    'a record by tag',
    of([host(1)], { authenticationRecords: records([record({ targets: [] })]) }),
    'unknown',
    'names its hosts by no address',
  ],
  [
    'no record names the secret',
    of([host(1)], { authenticationRecords: records([]) }),
    'skipped',
    'No authentication record fetches this secret from here.',
  ],
  [
    'a record that fetches it from another vault',
    of([host(1)], { authenticationRecords: records([record({ vaultId: 9 })]) }),
    'skipped',
    'from here.',
  ],
  [
    'no record read names it',
    of([host(1)], { authenticationRecords: records([], blind) }),
    'unknown',
    blind.detail,
  ],
  ['records unread', of([host(1)], { authenticationRecords: { gap: blind } }), 'unknown', blind.detail],
  ['hosts unread', of([], { scannedHosts: { gap: blind } }), 'unknown', blind.detail],
];

itJudges(qualysScanAuthenticated, [
  ...lines.map(([name, given, verdict, says]): Case => [name, given, verdict, says, withQualys()]),
  ['no Qualys', of([host(1)]), 'skipped', 'No Qualys is configured.'],
]);
