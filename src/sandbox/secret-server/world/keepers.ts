import { permission } from './build.ts';
import { applyChanges } from './changes.ts';
import {
  accountName,
  findUser,
  folder as folderAt,
  folderPath,
  group as groupNamed,
  secret as secretOf,
  user as userNamed,
} from './find.ts';
import { emit, events, recordSecret } from './record.ts';
import { secretPermissions } from './rights.ts';
import type { CheckOut, HeartbeatStatus, Principal, Secret, SecretRight } from './secrets.ts';
import { endCheckOut, rotatePassword } from './settle.ts';
import { checkOut } from './views.ts';
import type { World } from './world.ts';

/** What people do to secrets and folders. `which` is an id or a name; `by` names who. */
type SecretPatch = Partial<Omit<Secret, 'id' | 'checkOut' | 'fields' | 'permissions'>> & {
  checkOut?: Partial<CheckOut>;
};

/** DoubleLock, approval, comment, check-out, hidden password, name …: an UPDATE row with `Name: a to b;`. */
export function editSecret(world: World, by: string, which: number | string, patch: SecretPatch): void {
  const secret = secretOf(world, which);
  const notes = applyChanges(secret, patch);
  recordSecret(world, { by: userNamed(world, by) }, secret, {
    action: 'UPDATE',
    notes,
    kind: events.secretEdit,
  });
}

export function moveSecret(world: World, by: string, which: number | string, path: string): void {
  const secret = secretOf(world, which);
  const before = folderPath(world, secret.folderId);
  secret.folderId = folderAt(world, path).id;
  const notes = `Folder: ${before} to ${path};`;
  recordSecret(world, { by: userNamed(world, by) }, secret, {
    action: 'UPDATE',
    notes,
    kind: events.secretEdit,
  });
}

export function deleteSecret(world: World, by: string, which: number | string): void {
  const secret = secretOf(world, which);
  secret.active = false;
  recordSecret(world, { by: userNamed(world, by) }, secret, {
    action: 'DEACTIVATE',
    kind: events.secretDelete,
  });
}

/** A person takes the secret: nobody else can until it is checked in or its time is over. */
export function personChecksOut(world: World, by: string, which: number | string): void {
  checkOut(world, userNamed(world, by), secretOf(world, which));
}

export function checkIn(world: World, by: string, which: number | string): void {
  endCheckOut(world, secretOf(world, which), userNamed(world, by));
}

/** By the remote password changer: the target has the new one too. */
export function changeSecretPassword(world: World, which: number | string): void {
  rotatePassword(world, secretOf(world, which));
}

/** A person types a new password into the secret, which the target may not know. */
export function typePassword(world: World, by: string, which: number | string): void {
  const secret = secretOf(world, which);
  secret.fields.password = `typed-${world.now()}-${world.canary}`;
  secret.passwordChangedAt = world.now();
  const notes = 'Fields: (Password)';
  recordSecret(world, { by: userNamed(world, by) }, secret, {
    action: 'UPDATE',
    notes,
    kind: events.secretEdit,
  });
}

/** The heartbeat tried the password; its line is seen only with the password change log. */
export function heartbeat(world: World, which: number | string, status: HeartbeatStatus): void {
  const secret = secretOf(world, which);
  secret.heartbeat = status;
  const kind = status === 'Success' ? events.heartbeatSuccess : events.heartbeatFailure;
  recordSecret(world, { by: null }, secret, {
    action: 'HEARTBEAT',
    notes: status,
    isPasswordChangeLog: true,
    kind,
  });
}

/** Gives an account or a group a right on a secret of its own; the secret stops inheriting. Null takes all away. */
export function shareSecret(
  world: World,
  by: string,
  which: number | string,
  share: { with: string; right: SecretRight | null },
): void {
  const secret = secretOf(world, which);
  const { principal, name } = principalNamed(world, share.with);
  const before = secretPermissions(world, secret);
  const old = before.find((one) => isSame(one.principal, principal));
  secret.permissions = before.filter((one) => one !== old);
  secret.inheritsPermissions = false;
  if (share.right) secret.permissions.push(permission(world, principal, share.right));
  const notes = granted(name, old?.secretRight, share.right);
  recordSecret(world, { by: userNamed(world, by) }, secret, {
    action: 'UPDATE',
    notes,
    kind: events.secretEdit,
  });
}

/** The same for a folder, for everything in it that inherits. */
export function shareFolder(
  world: World,
  by: string,
  path: string,
  share: { with: string; right: SecretRight | null },
): void {
  const target = folderAt(world, path);
  const { principal, name } = principalNamed(world, share.with);
  const old = target.permissions.find((one) => isSame(one.principal, principal));
  target.permissions = target.permissions.filter((one) => one !== old);
  if (share.right) target.permissions.push(permission(world, principal, share.right));
  const notes = granted(name, old?.secretRight, share.right);
  const actor = userNamed(world, by);
  const row = { at: world.now(), action: 'Edit Permissions', displayName: actor.displayName, notes };
  world.folderAudits.push({ ...row, folderId: target.id });
  const item = { id: target.id, name: target.name };
  emit(world, events.folderPermissions, { by: actor }, { item, details: notes });
}

function granted(name: string, before: SecretRight | undefined, after: SecretRight | null): string {
  return after ? `${name} (Granted ${after})` : `${name} (Revoked ${before ?? ''})`;
}

function principalNamed(world: World, name: string): { principal: Principal; name: string } {
  const user = findUser(world, name);
  if (user) return { principal: { kind: 'user', id: user.id }, name: accountName(world, user) };
  const group = groupNamed(world, name);
  return { principal: { kind: 'group', id: group.id }, name: group.name };
}

const isSame = (a: Principal, b: Principal) => a.kind === b.kind && a.id === b.id;
