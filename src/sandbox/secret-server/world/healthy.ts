import type { Group, User } from './accounts.ts';
import {
  addDomain,
  addFolder,
  addGroup,
  addRestriction,
  addRole,
  addSecret,
  addUser,
  permission,
} from './build.ts';
import { changeSecretPassword, heartbeat } from './keepers.ts';
import { applianceLogsIn } from './logins.ts';
import { applianceViews } from './views.ts';
import { emptyWorld, type World, type WorldOptions } from './world.ts';

const hour = 3_600_000;

/** Names of the healthy world that tests and the demo speak of. */
export const corp = {
  domain: 'CORP',
  reader: 'CORP\\svc-vaultcheck',
  scanAccount: 'CORP\\svc-qualys',
  administrator: 'jane',
  scanGroup: 'Qualys Scanners',
  administrators: 'Security Admins',
  folder: '\\Scan Credentials',
  secret: 'scanadmin',
  secretId: 42,
  applianceAddress: '10.20.30.40',
} as const;

/** Everything a reader needs for a full check, and nothing that reveals or changes. */
export const readerPermissions: readonly string[] = [
  'View Secret',
  'View Secret Audit',
  'View Folders',
  'View Users',
  'Unrestricted by Teams',
  'View User Audit Report',
  'View Roles',
  'View Group Roles',
  'View Groups',
  'View IP Addresses',
  'View Configuration',
  'View Configuration Two Factor',
  'View Configuration Security',
  'View Configuration Unlimited Admin',
  'View Event Subscriptions',
  'View Secret Policy',
];

/**
 * The integration `corp` as the guide wants it: every check passes. The scan account logged in from its appliance and
 * viewed `scanadmin` an hour ago; the set-up itself is older than the usual window.
 */
export function healthyWorld(options: WorldOptions = {}): World {
  const world = emptyWorld(options);
  const domain = addDomain(world, corp.domain);
  const reader = addReader(world, domain.id);
  const scanner = addScanAccount(world, domain.id);
  const scanners = addGroup(world, { name: corp.scanGroup, memberIds: [scanner.id] });
  const admins = addAdministrators(world);
  addScanFolder(world, { reader, scanners, admins });
  addAlerting(world, admins);
  letSecretServerWork(world);
  letScan(world);
  return world;
}

function addReader(world: World, domainId: number): User {
  const role = addRole(world, 'Vaultcheck Reader', [...readerPermissions]);
  return addUser(world, {
    userName: 'svc-vaultcheck',
    displayName: 'Vaultcheck reader',
    domainId,
    isApplicationAccount: true,
    roleIds: [role.id],
  });
}

function addScanAccount(world: World, domainId: number): User {
  const role = addRole(world, 'Scanner', ['View Secret', 'View Launcher Password']);
  const range = addRestriction(world, 'Qualys appliance', corp.applianceAddress);
  return addUser(world, {
    userName: 'svc-qualys',
    displayName: 'Qualys scanner',
    domainId,
    isApplicationAccount: true,
    roleIds: [role.id],
    restrictionIds: [range],
  });
}

function addAdministrators(world: World): Group {
  const role = addRole(world, 'Administrator', ['View Secret', 'Edit Secret', 'Administer Users']);
  const jane = addUser(world, {
    userName: corp.administrator,
    displayName: 'Jane Admin',
    email: 'jane@corp.example',
    roleIds: [role.id],
  });
  return addGroup(world, { name: corp.administrators, memberIds: [jane.id] });
}

function addScanFolder(world: World, who: { reader: User; scanners: Group; admins: Group }): void {
  const folder = addFolder(world, {
    name: 'Scan Credentials',
    inheritsPermissions: false,
    permissions: [
      permission(world, { kind: 'group', id: who.scanners.id }, 'View'),
      permission(world, { kind: 'user', id: who.reader.id }, 'View'),
      permission(world, { kind: 'group', id: who.admins.id }, 'Owner'),
    ],
  });
  addSecret(world, {
    id: corp.secretId,
    name: corp.secret,
    folderId: folder.id,
    templateId: 6001,
    templateName: 'Active Directory Account',
    hasLauncher: true,
  });
  addSecret(world, { id: 43, name: 'unix-scan', folderId: folder.id, hasLauncher: true });
  addSecret(world, { id: 44, name: 'network-scan', folderId: folder.id, hasLauncher: true });
}

/** Failed logins and lockouts of everybody, to the administrators, by an inbox rule that sends e-mail. */
function addAlerting(world: World, admins: Group): void {
  const subscriber = { groupId: admins.id, displayName: admins.name, isGroup: true };
  const listen = (eventId: number, displayName: string) =>
    ({ entity: 'User', eventId, displayName, condition: 'All', itemId: null, itemName: null }) as const;
  world.subscriptions.push({
    id: 7,
    name: 'Scan account alerts',
    active: true,
    events: [listen(18, 'Login Failure'), listen(4, 'Lockout')],
    subscribers: [subscriber],
  });
  world.inboxRules.push({
    id: 3,
    name: 'Mail scan account alerts',
    active: true,
    isSystem: false,
    isImmediate: true,
    sendEmail: true,
    sendSlack: false,
    condition: 'Scan account alerts',
    subscribers: [subscriber],
  });
}

/** The password of the directory account was changed 30 days ago on both sides, and tried two hours ago. */
function letSecretServerWork(world: World): void {
  const { now } = world;
  world.now = () => now() - 30 * 24 * hour;
  changeSecretPassword(world, corp.secret);
  world.now = () => now() - 2 * hour;
  heartbeat(world, corp.secret, 'Success');
  world.now = now;
}

/** The last scan: an hour ago, seen through a clock that is put back for it. */
function letScan(world: World): void {
  const { now } = world;
  world.now = () => now() - hour;
  applianceLogsIn(world, corp.scanAccount, corp.applianceAddress);
  for (const secret of world.secrets)
    applianceViews(world, corp.scanAccount, secret.name, corp.applianceAddress);
  world.now = now;
}
