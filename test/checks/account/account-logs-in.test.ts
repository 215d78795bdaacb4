import { accountLogsIn } from '../../../src/checks/account/account-logs-in.ts';
import type { UserAuditRow } from '../../../src/domain/evidence/account.ts';
import { dayMs, hourMs } from '../../../src/domain/instant.ts';
import { appliance, at, gap, itJudges, loginRow, perAccount, qualys, second } from '../../given.ts';

const elsewhere = '10.9.9.9';
const ours = '10.20.30.40';
const login = (hours: number, address: string | null = ours) =>
  loginRow({ at: at - hours * hourMs, address });
const failure = (hours: number, address: string | null) =>
  loginRow({ at: at - hours * hourMs, address, action: 'login-failure', notes: 'AuthenticationFailed' });
const of = (...rows: UserAuditRow[]) => ({
  scanUserAudits: perAccount([qualys, rows]),
  readerSeenFrom: { address: '10.0.0.5' },
});
const proxy = { readerSeenFrom: { address: ours } };
const bare = { appliances: [{ ...appliance, addresses: [] }] };

itJudges(accountLogsIn, [
  [
    'the latest login came from an appliance',
    of(login(2), login(3, elsewhere)),
    'pass',
    'logged in at 2026-11-24T00:00Z from 10.20.30.40, which is appliance-01',
  ],
  [
    'no addresses configured: any login counts',
    of(login(2, elsewhere)),
    'pass',
    'no address of an appliance is configured, so any login counts',
    bare,
  ],
  [
    'no login and no failure',
    of(),
    'warn',
    'No login and no failed login of CORP\\svc-qualys since 2026-11-17T02:00Z',
  ],
  ['nothing within the window', of(loginRow({ at: at - 8 * dayMs })), 'warn', 'No login and no failed login'],
  [
    'the latest login came from elsewhere',
    of(login(1, elsewhere), login(2)),
    'warn',
    "from 10.9.9.9, which is no appliance's address",
  ],
  ['the latest login has no address', of(login(1, null)), 'unknown', 'has no address'],
  [
    'failures of the appliance after a success',
    of(failure(1, ours), login(2)),
    'fail',
    'failed to log in 1 time, last at 2026-11-24T01:00Z from 10.20.30.40 (AuthenticationFailed) after its last login at 2026-11-24T00:00Z',
  ],
  [
    'failures of the appliance only',
    of(failure(1, ours), failure(2, ours)),
    'fail',
    'failed to log in 2 times',
  ],
  ['failures before a success do not count', of(login(1), failure(2, ours)), 'pass', 'which is appliance-01'],
  [
    'failures from elsewhere after a success',
    of(failure(1, elsewhere), login(2)),
    'warn',
    "None of these is an appliance's address",
  ],
  ['failures from elsewhere only', of(failure(1, elsewhere)), 'warn', 'from 10.9.9.9'],
  [
    'failures from here and there',
    of(failure(1, elsewhere), failure(2, ours)),
    'fail',
    '10.9.9.9, 10.20.30.40',
  ],
  [
    'failures without an address',
    of(failure(1, elsewhere), failure(2, null)),
    'fail',
    'failed to log in 2 times',
  ],
  ['failures without any address at all', of(failure(2, null)), 'fail', 'no recorded address'],
  ['failures, no addresses configured', of(failure(1, elsewhere)), 'fail', 'failed to log in', bare],
  ['a proxy hides who is who', { ...of(login(1)), ...proxy }, 'pass', 'addresses prove nothing'],
  ['a proxy hides who failed', { ...of(failure(1, elsewhere)), ...proxy }, 'fail', 'failed to log in'],
  [
    'where the reader was seen from is unknown',
    { ...of(login(1)), readerSeenFrom: gap },
    'pass',
    'which is appliance-01',
  ],
  ['audits unread', { scanUserAudits: perAccount([qualys, gap]) }, 'unknown', gap.gap.detail],
  [
    'one well and one unread',
    { scanUserAudits: perAccount([qualys, [login(1)]], [second, gap]) },
    'unknown',
    gap.gap.detail,
  ],
  [
    'one failing and one unread',
    { scanUserAudits: perAccount([qualys, gap], [second, [failure(1, ours)]]) },
    'fail',
    'svc-qualys-2 failed',
  ],
]);
