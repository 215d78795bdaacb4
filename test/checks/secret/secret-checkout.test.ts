import { secretCheckout } from '../../../src/checks/secret/secret-checkout.ts';
import type { CheckOutState } from '../../../src/domain/evidence/secret.ts';
import { hourMs } from '../../../src/domain/instant.ts';
import { gap, itJudges, perAccount, qualys, second, secret, user } from '../../given.ts';
import { record, records, scan, scans, vaultRecords } from '../qualys/given.ts';

const free: CheckOutState = {
  checkedOut: false,
  byUserId: null,
  by: null,
  minutesLeft: null,
  intervalMinutes: 30,
  changesPassword: true,
  passwordChangePending: false,
};
const of = (state: Partial<CheckOutState> | typeof gap, more: object = {}) => ({
  secret: secret({ checkOutEnabled: true }),
  checkOutState: 'gap' in state ? state : { ...free, ...state },
  scanUsers: perAccount([qualys, user()]),
  ...more,
});
const taken = { checkedOut: true, byUserId: 9, by: 'CORP\\anna', minutesLeft: 12 };
const two = { scanAccounts: [qualys, second] };
const unread = { scanUsers: perAccount([qualys, gap]) };

itJudges(secretCheckout, [
  ['off', { secret: secret() }, 'pass', '“scanadmin” needs no check-out'],
  [
    'free',
    of({}),
    'pass',
    'Free: the appliance checks it out automatically for 30 minutes; its password changes after check-in',
  ],
  [
    'free by its state, taken by the search',
    of({}, { secret: secret({ checkOutEnabled: true, checkedOut: true }) }),
    'unknown',
    'does not tell who has the secret checked out',
  ],
  ['free, nothing rotates', of({ changesPassword: false }), 'pass', 'its password stays the same'],
  [
    'free, rotation not told',
    of({ changesPassword: null }),
    'pass',
    'whether its password changes is not told',
  ],
  [
    'by the scan account',
    of({ ...taken, byUserId: 7, by: 'Qualys scanner' }),
    'pass',
    'Checked out by the scan account Qualys scanner: the appliance checks it out automatically',
  ],
  [
    'by the scan account, by name',
    of({ ...taken, byUserId: null, by: 'corp\\svc-qualys' }, unread),
    'pass',
    'Checked out by the scan account',
  ],
  [
    'by somebody who bears the name of the scan account',
    of({ ...taken, by: 'CORP\\svc-qualys' }),
    'fail',
    'checked out by CORP\\svc-qualys',
  ],
  ['by somebody else', of(taken), 'fail', 'checked out by CORP\\anna, 12 minutes left'],
  [
    'by somebody without a name',
    of({ ...taken, by: null, minutesLeft: null }),
    'fail',
    'checked out by user 9:',
  ],
  [
    'by nobody known',
    of({ ...taken, byUserId: null, by: null }),
    'unknown',
    'does not tell who has the secret',
  ],
  [
    'by a display name only',
    of({ ...taken, byUserId: null, by: 'Anna Adams' }),
    'unknown',
    'Checked out by Anna Adams',
  ],
  ['by somebody, the scan account unread', of(taken, unread), 'unknown', gap.gap.detail],
  ['by somebody, users unread', of(taken, { scanUsers: gap }), 'unknown', gap.gap.detail],
  ['password change pending', of({ passwordChangePending: true }), 'warn', 'A password change is pending'],
  [
    'pending, and taken',
    of({ ...taken, passwordChangePending: true }),
    'fail',
    'until it is checked in. A password change is pending',
  ],
  [
    'several scan accounts share it',
    of({}),
    'warn',
    'several scan accounts share it: CORP\\svc-qualys, svc-qualys-2. They exclude each other.',
    two,
  ],
  [
    'by somebody, one of two scan accounts unread',
    of(taken, { scanUsers: perAccount([qualys, user()], [second, gap]) }),
    'unknown',
    gap.gap.detail,
    two,
  ],
  [
    'by the second scan account, by name',
    of({ ...taken, byUserId: null, by: 'svc-qualys-2' }, unread),
    'warn',
    'Checked out by the scan account svc-qualys-2',
    two,
  ],
  ['off, several scan accounts', { secret: secret() }, 'pass', 'needs no check-out', two],
  ['state unread', of(gap), 'unknown', gap.gap.detail],
  ['state unread, shared', of(gap), 'unknown', gap.gap.detail, two],
  ['the secret is not known', { secret: gap }, 'unknown', gap.gap.detail],
]);

const withScan = (state: Partial<CheckOutState>, ...all: Parameters<typeof scan>[0][]) =>
  of(state, {
    vaultRecords: vaultRecords({}),
    authenticationRecords: records([record()]),
    scans: scans(...all.map(scan)),
  });

itJudges(secretCheckout, [
  [
    'a scan of its hosts takes longer than the check-out',
    withScan({}, {}, { title: 'Nightly', durationMs: 3 * hourMs }),
    'warn',
    'The check-out lasts 30 minutes, but the scan “Nightly” took 3 hours: its password may change while hosts',
  ],
  ['its evidence', withScan({}, {}), 'warn', 'scans by group or tag are not counted'],
  ['the scan fits in', withScan({ intervalMinutes: 60 }, {}), 'pass', 'Free'],
  ['the interval is not told', withScan({ intervalMinutes: null }, {}), 'pass', 'Free'],
  ['a scan of other hosts', withScan({}, { targets: ['10.9.0.1'] }), 'pass', 'Free'],
  ['a scan by group', withScan({}, { targets: ['All servers'] }), 'pass', 'Free'],
  ['a scan that failed', withScan({}, { state: 'other' }), 'pass', 'Free'],
  ['taken, and a long scan', withScan(taken, {}), 'fail', 'The check-out lasts 30 minutes'],
  ['scans unread', of({}, { scans: gap }), 'pass', gap.gap.detail],
  ['no Qualys', of({}, { scans: null, authenticationRecords: null, vaultRecords: null }), 'pass', 'Free'],
]);
