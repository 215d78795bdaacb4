import { accountEnabled } from '../../../src/checks/account/account-enabled.ts';
import type { VaultClock } from '../../../src/domain/evidence/account.ts';
import { dayMs, hourMs } from '../../../src/domain/instant.ts';
import { at, type Given, gap, itJudges, perAccount, qualys, second, user } from '../../given.ts';

const known: VaultClock = { kind: 'offset', minutes: 0, how: 'It is UTC.' };
const of = (fields: Parameters<typeof user>[0], more: Given = {}): Given => ({
  scanUsers: perAccount([qualys, user(fields)]),
  vaultClock: known,
  ...more,
});
/** The vault's times may then be 14 hours off. */
const clockless = { vaultClock: gap };

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
  [
    'expired by a clock that is not known, within its offset',
    of({ expires: at - 13 * hourMs }, clockless),
    'unknown',
    gap.gap.detail,
  ],
  [
    'expires by a clock that is not known, within its offset',
    of({ expires: at + 13 * hourMs }, clockless),
    'unknown',
    gap.gap.detail,
  ],
  ['expired by any clock', of({ expires: at - 15 * hourMs }, clockless), 'fail', 'expired at'],
  [
    'perhaps soon, by a clock that is not known',
    of({ expires: at + 14 * dayMs + hourMs }, clockless),
    'warn',
    'expires at',
  ],
  ['far away by any clock', of({ expires: at + 15 * dayMs }, clockless), 'pass', 'expires at'],
  ['enabled, without an expiry', of({}, clockless), 'pass', 'is enabled'],
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
