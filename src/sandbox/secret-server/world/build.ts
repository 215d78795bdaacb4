import { type Domain, type Group, notSet, type Role, type User } from './accounts.ts';
import type { Folder, FolderRight, Permission, Principal, Secret, SecretRight } from './secrets.ts';
import { nextId, type World } from './world.ts';

const day = 86_400_000;

export function addDomain(world: World, name: string): Domain {
  const domain = { id: nextId(world), name };
  world.domains.push(domain);
  return domain;
}

/** An ordinary enabled account, local unless a domain is given. */
export function addUser(world: World, user: Partial<User> & { userName: string }): User {
  const full: User = {
    id: nextId(world),
    displayName: user.userName,
    domainId: notSet,
    email: null,
    enabled: true,
    isApplicationAccount: false,
    isLockedOut: false,
    lockedUntil: null,
    lockOutReason: null,
    loginFailures: 0,
    lastLoginAt: null,
    createdAt: world.now() - 400 * day,
    password: `${user.userName}-${world.canary}`,
    passwordLastChangedAt: world.now() - 60 * day,
    adExpiresAt: null,
    twoFactorMethod: 'None',
    personalGroupId: nextId(world),
    roleIds: [],
    restrictionIds: [],
    ...user,
  };
  world.users.push(full);
  return full;
}

export function addGroup(world: World, group: Partial<Group> & { name: string }): Group {
  const full: Group = {
    id: nextId(world),
    domainId: notSet,
    enabled: true,
    synchronized: false,
    createdAt: world.now() - 400 * day,
    memberIds: [],
    roleIds: [],
    restrictionIds: [],
    ...group,
  };
  world.groups.push(full);
  return full;
}

export function addRole(world: World, name: string, permissions: string[]): Role {
  const role = { id: nextId(world), name, permissions };
  world.roles.push(role);
  return role;
}

/** Makes ranges known; the ids go into `restrictionIds` of an account or a group. */
export function addRestriction(world: World, name: string, range: string): number {
  const id = nextId(world);
  world.restrictions.push({ id, name, range });
  return id;
}

export function addFolder(world: World, folder: Partial<Folder> & { name: string }): Folder {
  const full: Folder = {
    id: nextId(world),
    parentId: notSet,
    inheritsPermissions: folder.parentId !== undefined && folder.parentId !== notSet,
    permissions: [],
    ...folder,
  };
  world.folders.push(full);
  return full;
}

export function permission(
  world: World,
  principal: Principal,
  secretRight: SecretRight,
  folderRight: FolderRight = secretRight === 'Owner' ? 'Owner' : 'View',
): Permission {
  return { id: nextId(world), principal, secretRight, folderRight };
}

/** An unencumbered secret that inherits from its folder, with a working password that holds the canary. */
export function addSecret(world: World, secret: Partial<Secret> & { name: string }): Secret {
  const full: Secret = {
    id: nextId(world),
    templateId: 6007,
    templateName: 'Unix Account (SSH)',
    folderId: notSet,
    active: true,
    createdAt: world.now() - 300 * day,
    inheritsPermissions: true,
    permissions: [],
    fields: {
      username: secret.name,
      password: `${secret.name}-${world.canary}`,
      notes: `note-${world.canary}`,
    },
    passwordChangedAt: world.now() - 30 * day,
    lastPasswordChangeAttemptAt: null,
    passwordChangePending: false,
    daysUntilExpiration: null,
    ...openAccess(),
    heartbeat: 'Success',
    isOutOfSync: false,
    outOfSyncReason: '',
    lastAccessedAt: null,
    ...secret,
  };
  world.secrets.push(full);
  return full;
}

function openAccess() {
  return {
    hasLauncher: false,
    hidePassword: false,
    doubleLock: false,
    requiresApproval: false,
    editorsAlsoRequireApproval: false,
    ownersAndApproversAlsoRequireApproval: false,
    requiresComment: false,
    checkOut: {
      enabled: false,
      changePasswordOnCheckIn: false,
      intervalMinutes: null,
      byUserId: null,
      until: null,
    },
  };
}

/** So many secrets `host-0001 …` in a folder, for batches and paging. */
export function manySecrets(world: World, count: number, folderId: number): Secret[] {
  return Array.from({ length: count }, (_, at) =>
    addSecret(world, { name: `host-${String(at + 1).padStart(4, '0')}`, folderId, hasLauncher: true }),
  );
}
