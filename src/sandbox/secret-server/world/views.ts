import type { User } from './accounts.ts';
import { user as userNamed } from './find.ts';
import { events, recordSecret } from './record.ts';
import { needsApproval, reaches, rightOnSecret, rolePermissions } from './rights.ts';
import type { Secret } from './secrets.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

export type ViewOutcome =
  | 'seen'
  | 'password-hidden'
  | 'not-found'
  | 'access-denied'
  | 'double-locked'
  | 'approval-required'
  | 'comment-required'
  | 'checked-out'
  | 'read-only-mode';

/** Password rows are written at most this often per account and secret. */
const passwordRowEveryMs = 5 * 60_000;

/**
 * The appliance asks for a secret by its exact name, as the scan account, over web services: checks it out where that
 * is demanded, and leaves a VIEW row unless one inside the view interval stands for it.
 */
export function applianceViews(world: World, account: string, secretName: string, from: string): ViewOutcome {
  settle(world);
  const viewer = userNamed(world, account);
  const found = world.secrets.find(
    (secret) =>
      secret.active && secret.name === secretName && reaches(rightOnSecret(world, viewer, secret), 'List'),
  );
  if (!found) return 'not-found';
  const obstacle = obstacleTo(world, viewer, found);
  if (obstacle) return obstacle;
  const actor = { by: viewer, from: world.settings.proxyAddress ?? from };
  if (found.checkOut.enabled) checkOut(world, actor.by, found);
  const isShown = passwordShown(world, viewer, found);
  writeRows(world, actor, found, isShown);
  found.lastAccessedAt = world.now();
  return isShown ? 'seen' : 'password-hidden';
}

function obstacleTo(world: World, viewer: User, secret: Secret): ViewOutcome | null {
  const { checkOut } = secret;
  const isView = reaches(rightOnSecret(world, viewer, secret), 'View');
  if (!isView || !rolePermissions(world, viewer).has('View Secret')) return 'access-denied';
  if (secret.doubleLock) return 'double-locked';
  if (needsApproval(world, viewer, secret)) return 'approval-required';
  if (secret.requiresComment) return 'comment-required';
  if (!checkOut.enabled || checkOut.byUserId === viewer.id) return null;
  if (checkOut.byUserId !== null) return 'checked-out';
  return world.settings.readOnlyMode ? 'read-only-mode' : null;
}

/** The same account may take what it already holds; its time then runs on. */
export function checkOut(world: World, by: User, secret: Secret): void {
  if (secret.checkOut.byUserId === by.id) return;
  const minutes = secret.checkOut.intervalMinutes ?? world.settings.defaultCheckOutMinutes;
  secret.checkOut.byUserId = by.id;
  secret.checkOut.until = world.now() + minutes * 60_000;
  recordSecret(world, { by }, secret, { action: 'SECRET CHECKED OUT', kind: events.checkOut });
}

function passwordShown(world: World, viewer: User, secret: Secret): boolean {
  if (reaches(rightOnSecret(world, viewer, secret), 'Edit')) return true;
  if (secret.hidePassword) return false;
  return !secret.hasLauncher || rolePermissions(world, viewer).has('View Launcher Password');
}

function writeRows(world: World, actor: { by: User; from: string }, secret: Secret, isShown: boolean): void {
  const interval = world.settings.secretViewIntervalMinutes * 60_000;
  if (!isRecent(world, actor.by, secret, { action: 'VIEW', withinMs: interval })) {
    recordSecret(world, actor, secret, { action: 'VIEW', kind: events.secretView });
  }
  const password = { action: 'PASSWORD DISPLAYED', withinMs: passwordRowEveryMs };
  if (!isShown || isRecent(world, actor.by, secret, password)) return;
  recordSecret(world, actor, secret, {
    action: password.action,
    notes: 'Fields: (Password)',
    kind: events.passwordDisplayed,
  });
}

/** A password change in between starts the interval anew. */
function isRecent(
  world: World,
  viewer: User,
  secret: Secret,
  row: { action: string; withinMs: number },
): boolean {
  const since = Math.max(world.now() - row.withinMs, secret.passwordChangedAt);
  return world.secretAudits.some(
    (audit) =>
      audit.secretId === secret.id &&
      audit.action === row.action &&
      audit.at > since &&
      audit.displayName === viewer.displayName,
  );
}
