import type { Group, User } from './accounts.ts';
import type { Folder, Permission, Secret, SecretRight } from './secrets.ts';
import type { World } from './world.ts';

const order: readonly SecretRight[] = ['List', 'View', 'Edit', 'Owner'];

export function reaches(right: SecretRight | undefined, needed: SecretRight): boolean {
  return right !== undefined && order.indexOf(right) >= order.indexOf(needed);
}

export function groupsOf(world: World, user: User): Group[] {
  return world.groups.filter((group) => group.memberIds.includes(user.id));
}

/** Display names of the role permissions that an account has, of its own and through enabled groups. */
export function rolePermissions(world: World, user: User): Set<string> {
  const ids = new Set([
    ...user.roleIds,
    ...groupsOf(world, user)
      .filter((group) => group.enabled)
      .flatMap((group) => group.roleIds),
  ]);
  return new Set(world.roles.filter((role) => ids.has(role.id)).flatMap((role) => role.permissions));
}

/** The rows that count on a folder: its own, or those of the nearest folder above that does not inherit. */
export function folderPermissions(world: World, folder: Folder): Permission[] {
  if (!folder.inheritsPermissions) return folder.permissions;
  const parent = world.folders.find((one) => one.id === folder.parentId);
  return parent ? folderPermissions(world, parent) : folder.permissions;
}

export function secretPermissions(world: World, secret: Secret): Permission[] {
  const folder = world.folders.find((one) => one.id === secret.folderId);
  return secret.inheritsPermissions && folder ? folderPermissions(world, folder) : secret.permissions;
}

/** The highest of the account's own and its groups' rows; undefined without any. */
export function rightOn(world: World, user: User, permissions: Permission[]): SecretRight | undefined {
  if (world.settings.unlimitedAdministration && rolePermissions(world, user).has('Unlimited Administrator')) {
    return 'Owner';
  }
  const groupIds = new Set(
    groupsOf(world, user)
      .filter((group) => group.enabled)
      .map((group) => group.id),
  );
  const own = permissions.filter(({ principal }) =>
    principal.kind === 'user' ? principal.id === user.id : groupIds.has(principal.id),
  );
  return order.findLast((right) => own.some((permission) => permission.secretRight === right));
}

export function rightOnSecret(world: World, user: User, secret: Secret): SecretRight | undefined {
  return rightOn(world, user, secretPermissions(world, secret));
}

/** Whether approval stands in this account's way: Owners and editors pass unless a flag or the global setting says no. */
export function needsApproval(world: World, user: User, secret: Secret): boolean {
  const forced = world.settings.forceSecretApproval !== 'None';
  if (!secret.requiresApproval && !forced) return false;
  const right = rightOnSecret(world, user, secret);
  if (forced) return true;
  if (right === 'Owner') return secret.ownersAndApproversAlsoRequireApproval;
  if (right === 'Edit') return secret.editorsAlsoRequireApproval;
  return true;
}
