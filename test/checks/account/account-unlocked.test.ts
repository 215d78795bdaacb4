import { expect, it } from 'vitest';
import { accountUnlocked } from '../../../src/checks/account/account-unlocked.ts';
import { hourMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges, judged, loginRow, perAccount, qualys, second, user, words } from '../../given.ts';

const of = (fields: Parameters<typeof user>[0], maximumLoginFailures: number | typeof gap = 5) => ({
  scanUsers: perAccount([qualys, user(fields)]),
  maximumLoginFailures,
});
const failure = (address: string | null, hours: number) =>
  loginRow({ at: at - hours * hourMs, action: 'login-failure', address, notes: 'AuthenticationFailed' });
const locked = of({ lockedOut: true, lockOutReason: 'Login failures' });
const trail = {
  scanUserAudits: perAccount([
    qualys,
    [
      loginRow({ at: at - hourMs / 2, action: 'locked', address: null }),
      failure('10.20.30.40', 1),
      failure('10.20.30.40', 2),
      failure('10.9.9.9', 3),
    ],
  ]),
};

itJudges(accountUnlocked, [
  ['not locked', of({}), 'pass', 'CORP\\svc-qualys is not locked; 0 failed logins of 5'],
  ['locked, with its reason', locked, 'fail', 'CORP\\svc-qualys is locked out (Login failures).'],
  [
    'locked, with when',
    { ...locked, ...trail },
    'fail',
    'locked out since 2026-11-24T01:30Z (Login failures).',
  ],
  [
    'locked, with the sources',
    { ...locked, ...trail },
    'fail',
    'Failed logins came from 10.20.30.40, 10.9.9.9.',
  ],
  ['locked, audit unread', { ...locked, scanUserAudits: gap }, 'fail', 'is locked out'],
  ['locked, maximum unread', of({ lockedOut: true }, gap), 'fail', 'is locked out'],
  ['three failures of five', of({ loginFailures: 3 }), 'pass', '3 failed logins of 5'],
  ['four failures of five', of({ loginFailures: 4 }), 'warn', '4 failed logins of 5: one more locks it'],
  ['maximum unknown, one failure', of({ loginFailures: 1 }, gap), 'warn', 'one more may lock it'],
  ['maximum unknown, no failure', of({}, gap), 'pass', 'not locked'],
  ['a maximum of nought says nothing', of({}, 0), 'pass', 'not locked'],
  ['a maximum of one', of({}, 1), 'warn', 'one more locks it'],
  [
    'no such user',
    { scanUsers: perAccount([qualys, null]) },
    'unknown',
    'Secret Server has no user CORP\\svc-qualys',
  ],
  ['users unreadable', { scanUsers: gap }, 'unknown', gap.gap.detail],
  [
    'one locked and one unread',
    { scanUsers: perAccount([qualys, gap], [second, user({ lockedOut: true })]), maximumLoginFailures: 5 },
    'fail',
    'svc-qualys-2 is locked out',
  ],
]);

it('names no failure from before the last success', () => {
  const rows = [loginRow({ at: at - 2 * hourMs }), failure('10.9.9.9', 3)];
  const row = judged(accountUnlocked, { ...locked, scanUserAudits: perAccount([qualys, rows]) });
  expect(row.finding).toBe('CORP\\svc-qualys is locked out (Login failures).');
});

it('shows the failures among the evidence', () => {
  expect(words(judged(accountUnlocked, { ...locked, ...trail }))).toContain(
    'failed to log in from 10.20.30.40 at 2026-11-24T01:00Z: AuthenticationFailed',
  );
});
