import type { User } from './accounts.ts';
import { accountName, folderPath } from './find.ts';
import type { Secret } from './secrets.ts';
import type { WorldEvent } from './trail.ts';
import { nextId, type World } from './world.ts';

/** Who acts and from where; `by: null` is Secret Server itself, which has no address. */
export type Actor = { by: User | null; from?: string | null };

type Kind = Pick<WorldEvent, 'eventId' | 'entity' | 'action' | 'actionDisplay'>;

const event = (
  entity: WorldEvent['entity'],
  eventId: number,
  action: string,
  actionDisplay: string,
): Kind => ({
  entity,
  eventId,
  action,
  actionDisplay,
});

/** The vendor's ids of the events that the simulator knows. */
export const events = {
  login: event('USER', 16, 'LOGIN', 'Login'),
  loginFailure: event('USER', 18, 'LOGINFAILURE', 'Login Failure'),
  lockout: event('USER', 4, 'LOCKOUT', 'Lockout'),
  userEdit: event('USER', 10100, 'EDIT', 'Edit'),
  userEnable: event('USER', 3, 'ENABLE', 'Enable'),
  userDisable: event('USER', 2, 'DISABLE', 'Disable'),
  userPasswordChange: event('USER', 19, 'PASSWORDCHANGE', 'Password Change'),
  addedToGroup: event('USER', 5, 'ADDEDTOGROUP', 'Added to Group'),
  removedFromGroup: event('USER', 6, 'REMOVEDFROMGROUP', 'Removed from Group'),
  secretCreate: event('SECRET', 10001, 'CREATE', 'Create'),
  secretDelete: event('SECRET', 10002, 'DELETE', 'Delete'),
  secretView: event('SECRET', 10004, 'VIEW', 'View'),
  secretEdit: event('SECRET', 10005, 'EDIT', 'Edit'),
  heartbeatFailure: event('SECRET', 10007, 'HEARTBEATFAILURE', 'Heartbeat Failure'),
  checkIn: event('SECRET', 10025, 'CHECKIN', 'Check In'),
  checkOut: event('SECRET', 10026, 'CHECKOUT', 'Check Out'),
  heartbeatSuccess: event('SECRET', 10032, 'HEARTBEATSUCCESS', 'Heartbeat Success'),
  passwordDisplayed: event('SECRET', 10039, 'PASSWORD_DISPLAYED', 'Password Displayed'),
  secretPasswordChange: event('SECRET', 10055, 'SECRETPASSWORDCHANGE', 'Password Change'),
  configurationEdit: event('CONFIGURATION', 15, 'EDIT', 'Edit'),
  folderPermissions: event('FOLDER', 14, 'EDITPERMISSIONS', 'Edit Permissions'),
  systemLog: event('System Log', 500, 'System Log', 'System Log'),
} as const;

type Details = { item: WorldEvent['item']; container?: WorldEvent['container']; details: string };

export function emit(world: World, kind: Kind, actor: Actor, details: Details): void {
  const { by } = actor;
  const full: WorldEvent = {
    ...kind,
    at: world.now(),
    by: by && { id: by.id, userName: accountName(world, by), displayName: by.displayName },
    item: details.item,
    container: details.container ?? null,
    from: by ? (actor.from ?? null) : null,
    details: details.details,
  };
  for (const listener of world.listeners) listener(full);
}

/** Writes a row into the trail of an account and sends the event of the same name. */
export function recordUser(
  world: World,
  actor: Actor,
  affected: User,
  row: { kind: Kind; notes?: string },
): void {
  const notes = row.notes ?? '';
  world.userAudits.push({
    id: nextId(world),
    at: world.now(),
    action: row.kind.actionDisplay,
    notes,
    from: actor.from ?? null,
    byUserId: actor.by?.id ?? null,
    affectedUserId: affected.id,
  });
  const item = { id: affected.id, name: accountName(world, affected) };
  emit(world, row.kind, actor, { item, details: notes });
}

/** Writes a row into the trail of a secret. `action` is the upper-case word of the trail, which differs from the event's. */
export function recordSecret(
  world: World,
  actor: Actor,
  secret: Secret,
  row: { action: string; notes?: string; isPasswordChangeLog?: boolean; kind?: Kind },
): void {
  world.secretAudits.push({
    id: nextId(world),
    at: world.now(),
    secretId: secret.id,
    action: row.action,
    userName: actor.by ? accountName(world, actor.by) : 'ThycoticSystem',
    displayName: actor.by?.displayName ?? 'ThycoticSystem',
    notes: row.notes ?? '',
    ticketNumber: null,
    isPasswordChangeLog: row.isPasswordChangeLog ?? false,
  });
  if (!row.kind) return;
  const path = folderPath(world, secret.folderId);
  emit(world, row.kind, actor, {
    item: { id: secret.id, name: secret.name },
    container: path === '' ? null : { id: secret.folderId, name: path.slice(1) },
    details: row.notes ?? '',
  });
}
