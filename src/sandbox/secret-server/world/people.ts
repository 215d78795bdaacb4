import type { User } from './accounts.ts';
import { addRestriction } from './build.ts';
import { applyChanges } from './changes.ts';
import { accountName, group as groupNamed, user as userNamed } from './find.ts';
import { emit, events, recordUser } from './record.ts';
import type { Settings } from './settings.ts';
import { nextId, type World } from './world.ts';

/** What administrators do to accounts and settings. `by` names who: each leaves the rows that Secret Server writes. */
type Patch<Whole> = { [Key in keyof Whole]?: Whole[Key] extends object ? Partial<Whole[Key]> : Whole[Key] };

export function changeSettings(world: World, by: string, patch: Patch<Settings>): void {
  const actor = userNamed(world, by);
  const details = applyChanges(world.settings, patch, ['texts']);
  world.configurationAudits.push({
    at: world.now(),
    action: 'Edit',
    displayName: actor.displayName,
    notes: details,
  });
  emit(world, events.configurationEdit, { by: actor }, { item: null, details });
}

export function unlockAccount(world: World, by: string, account: string): void {
  const target = userNamed(world, account);
  Object.assign(target, { isLockedOut: false, lockedUntil: null, lockOutReason: null, loginFailures: 0 });
  recordUser(world, { by: userNamed(world, by) }, target, {
    kind: events.userEdit,
    notes: 'IsLockedOut: true to false;',
  });
}

/** Anything of an account but its password: application account, second factor, display name and so on. */
export function editAccount(
  world: World,
  by: string,
  account: string,
  patch: Partial<Omit<User, 'password' | 'id'>>,
): void {
  const target = userNamed(world, account);
  const notes = applyChanges(target, patch);
  recordUser(world, { by: userNamed(world, by) }, target, { kind: kindOfEdit(patch), notes });
}

function kindOfEdit({ enabled }: Partial<User>) {
  if (enabled === undefined) return events.userEdit;
  return enabled ? events.userEnable : events.userDisable;
}

/** The account's own password, in Secret Server or the directory: what Qualys sends from then on is stale. */
export function changeAccountPassword(world: World, by: string, account: string): void {
  const target = userNamed(world, account);
  target.password = `changed-${nextId(world)}-${world.canary}`;
  target.passwordLastChangedAt = world.now();
  recordUser(world, { by: userNamed(world, by) }, target, { kind: events.userPasswordChange });
}

export function addToGroup(world: World, by: string, account: string, groupName: string): void {
  const target = userNamed(world, account);
  const joined = groupNamed(world, groupName);
  joined.memberIds = [...joined.memberIds, target.id];
  recordUser(world, { by: userNamed(world, by) }, target, { kind: events.addedToGroup, notes: joined.name });
}

export function removeFromGroup(world: World, by: string, account: string, groupName: string): void {
  const target = userNamed(world, account);
  const left = groupNamed(world, groupName);
  left.memberIds = left.memberIds.filter((id) => id !== target.id);
  recordUser(world, { by: userNamed(world, by) }, target, {
    kind: events.removedFromGroup,
    notes: left.name,
  });
}

/** Replaces the ranges of an account; none lets it in from everywhere. */
export function restrictAccount(world: World, by: string, account: string, ranges: string[]): void {
  const target = userNamed(world, account);
  const before = world.restrictions
    .filter(({ id }) => target.restrictionIds.includes(id))
    .map(({ range }) => range);
  target.restrictionIds = ranges.map((range) =>
    addRestriction(world, `${accountName(world, target)} ${range}`, range),
  );
  recordUser(world, { by: userNamed(world, by) }, target, {
    kind: events.userEdit,
    notes: `IpAddressRestrictions: ${before.join(', ')} to ${ranges.join(', ')};`,
  });
}

/** Replaces the roles that an account has of its own. */
export function assignRoles(world: World, by: string, account: string, roleIds: number[]): void {
  const target = userNamed(world, account);
  const names = (ids: number[]) =>
    world.roles
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ');
  const notes = `Roles: ${names(target.roleIds)} to ${names(roleIds)};`;
  target.roleIds = roleIds;
  recordUser(world, { by: userNamed(world, by) }, target, { kind: events.userEdit, notes });
}
