import { accountEnabled } from '../../../src/checks/account/account-enabled.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges, perAccount, qualys, second, user } from '../../given.ts';

const of = (fields: Parameters<typeof user>[0]) => ({ scanUsers: perAccount([qualys, user(fields)]) });

itJudges(accountEnabled, [
  ['enabled', of({}), 'pass', 'CORP\\svc-qualys is enabled'],
  [
    'no such user',
    { scanUsers: perAccount([qualys, null]) },
    'fail',
    'Secret Server has no user CORP\\svc-qualys',
  ],
  ['disabled', of({ enabled: false }), 'fail', 'CORP\\svc-qualys is disabled'],
  ['expiry passed', of({ expires: at }), 'fail', 'expired at 2026-11-24T02:00Z'],
  [
    'expires in 14 days',
    of({ expires: at + 14 * dayMs }),
    'warn',
    'expires at 2026-12-08T02:00Z, in 14 days',
  ],
  ['expires in 15 days', of({ expires: at + 15 * dayMs }), 'pass', 'expires at 2026-12-09T02:00Z'],
  ['could not be looked at', { scanUsers: perAccount([qualys, gap]) }, 'unknown', gap.gap.detail],
  ['users unreadable', { scanUsers: gap }, 'unknown', gap.gap.detail],
  [
    'the second of two is disabled',
    { scanUsers: perAccount([qualys, user()], [second, user({ enabled: false })]) },
    'fail',
    'svc-qualys-2 is disabled',
  ],
  [
    'one well and one unread',
    { scanUsers: perAccount([qualys, user()], [second, gap]) },
    'unknown',
    gap.gap.detail,
  ],
  [
    'one missing and one unread',
    { scanUsers: perAccount([qualys, null], [second, gap]) },
    'fail',
    'no user CORP\\svc-qualys',
  ],
]);
