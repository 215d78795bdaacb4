import type { User } from './accounts.ts';
import { events, recordSecret, recordUser } from './record.ts';
import type { Secret } from './secrets.ts';
import type { World } from './world.ts';

/** What happens by time alone: locks run out, check-outs end and rotate their password. */
export function settle(world: World): void {
  const now = world.now();
  for (const user of world.users) {
    if (user.isLockedOut && user.lockedUntil !== null && user.lockedUntil <= now) releaseLock(world, user);
  }
  for (const secret of world.secrets) {
    const { until } = secret.checkOut;
    if (until !== null && until <= now) endCheckOut(world, secret, null);
  }
}

/** The lock is gone and the failures stand, so that the next wrong password locks again. */
function releaseLock(world: World, user: User): void {
  user.isLockedOut = false;
  user.lockedUntil = null;
  user.lockOutReason = null;
  recordUser(world, { by: null }, user, { kind: events.userEdit, notes: 'IsLockedOut: true to false;' });
}

/** Checks the secret in, by somebody or by time (null), and changes its password where it is set so. */
export function endCheckOut(world: World, secret: Secret, by: User | null): void {
  secret.checkOut.byUserId = null;
  secret.checkOut.until = null;
  recordSecret(world, { by }, secret, { action: 'SECRET CHECKED IN', kind: events.checkIn });
  if (secret.checkOut.changePasswordOnCheckIn) rotatePassword(world, secret);
}

/** The remote password changer at work. */
export function rotatePassword(world: World, secret: Secret, password = `rotated-${world.canary}`): void {
  secret.fields.password = `${password}-${world.now()}`;
  secret.passwordChangedAt = world.now();
  secret.lastPasswordChangeAttemptAt = world.now();
  recordSecret(world, { by: null }, secret, {
    action: 'CHANGE PASSWORD',
    notes: 'Remote Password Change - Fields: (Password)',
    kind: events.secretPasswordChange,
  });
}
