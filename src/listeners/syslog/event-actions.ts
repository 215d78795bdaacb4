import type { VaultAction } from '../../domain/vault-event.ts';

/**
 * Secret Server's kinds of event: id, name, our word. From the vendor's table of 2021, and 10155 from a real line of
 * 11.3. What is not listed is `other`.
 */
const kinds: readonly (readonly [id: number, name: string, action: VaultAction])[] = [
  [1, 'USER - CREATE', 'account-created'],
  [2, 'USER - DISABLE', 'account-disabled'],
  [3, 'USER - ENABLE', 'account-enabled'],
  [4, 'USER - LOCKOUT', 'account-locked'],
  [5, 'USER - ADDEDTOGROUP', 'account-membership-changed'],
  [6, 'USER - REMOVEDFROMGROUP', 'account-membership-changed'],
  [7, 'FOLDER - CREATE', 'folder-changed'],
  [8, 'FOLDER - DELETE', 'folder-changed'],
  [9, 'ROLE - CREATE', 'role-changed'],
  [10, 'ROLE - ASSIGNUSERORGROUP', 'role-changed'],
  [11, 'ROLE - UNASSIGNUSERORGROUP', 'role-changed'],
  [12, 'ROLEPERMISSION - ADDEDTOROLE', 'role-changed'],
  [13, 'ROLEPERMISSION - REMOVEDFROMROLE', 'role-changed'],
  [14, 'FOLDER - EDITPERMISSIONS', 'folder-changed'],
  [15, 'CONFIGURATION - EDIT', 'configuration-edited'],
  [16, 'USER - LOGIN', 'login'],
  [17, 'USER - LOGOUT', 'logout'],
  [18, 'USER - LOGINFAILURE', 'login-failed'],
  [19, 'USER - PASSWORDCHANGE', 'password-changed'],
  [20, 'ROLE - ENABLEROLE', 'role-changed'],
  [21, 'ROLE - DISABLEROLE', 'role-changed'],
  [500, 'SYSTEM LOG', 'system-log'],
  [10001, 'SECRET - CREATE', 'secret-created'],
  [10002, 'SECRET - DELETE', 'secret-deleted'],
  [10003, 'SECRET - UNDELETE', 'secret-restored'],
  [10004, 'SECRET - VIEW', 'secret-viewed'],
  [10005, 'SECRET - EDIT', 'secret-edited'],
  [10006, 'SECRET - LAUNCH', 'secret-viewed'],
  [10007, 'SECRET - HEARTBEATFAILURE', 'heartbeat-failed'],
  [10009, 'SECRET - EXPIREDTODAY', 'secret-expiring'],
  [10010, 'SECRET - EXPIRES01DAY', 'secret-expiring'],
  [10011, 'SECRET - EXPIRES07DAYS', 'secret-expiring'],
  [10012, 'SECRET - EXPIRES15DAYS', 'secret-expiring'],
  [10013, 'SECRET - EXPIRES03DAYS', 'secret-expiring'],
  [10025, 'SECRET - CHECKIN', 'secret-checked-in'],
  [10026, 'SECRET - CHECKOUT', 'secret-checked-out'],
  [10032, 'SECRET - HEARTBEATSUCCESS', 'heartbeat-succeeded'],
  [10039, 'SECRET - PASSWORD_DISPLAYED', 'secret-viewed'],
  [10040, 'SECRET - PASSWORD_COPIED_TO_CLIPBOARD', 'secret-viewed'],
  [10041, 'SECRET - VIEWED_EDIT', 'secret-viewed'],
  [10044, 'SECRET - ACCESS_APPROVED', 'secret-access-approved'],
  [10045, 'SECRET - ACCESS_DENIED', 'secret-access-denied'],
  [10053, 'FOLDER - SECRETPOLICYCHANGE', 'folder-changed'],
  [10054, 'SECRET - SECRETPOLICYCHANGE', 'secret-edited'],
  [10055, 'SECRET - SECRETPASSWORDCHANGE', 'secret-password-changed'],
  [10068, 'SECRET - PASSWORD CHANGE MAX ATTEMPTS REACHED', 'secret-password-change-failed'],
  [10079, 'SITE - ENGINEONLINE', 'engine-online'],
  [10080, 'SITE - ENGINEOFFLINE', 'engine-offline'],
  [10094, 'SECRET - EXPIRES30DAYS', 'secret-expiring'],
  [10095, 'SECRET - EXPIRES45DAYS', 'secret-expiring'],
  [10096, 'SECRET - EXPIRES60DAYS', 'secret-expiring'],
  [10097, 'USER - OWNERS_MODIFIED', 'account-edited'],
  [10099, 'SECRET - WEBPASSWORDFILL', 'secret-viewed'],
  [10100, 'USER - EDIT', 'account-edited'],
  [10101, 'USER - TWO FACTOR UPDATED', 'two-factor-changed'],
  [10102, 'SECRET - FILESAVE', 'secret-viewed'],
  [10103, 'SECRET - CACHEVIEW', 'secret-viewed'],
  [10109, 'IPADDRESSRANGE - CREATE', 'address-restriction-changed'],
  [10110, 'IPADDRESSRANGE - UPDATE', 'address-restriction-changed'],
  [10111, 'IPADDRESSRANGE - DELETE', 'address-restriction-changed'],
  [10112, 'IPADDRESSRANGE - USER ASSIGN', 'address-restriction-changed'],
  [10113, 'IPADDRESSRANGE - USER UNASSIGN', 'address-restriction-changed'],
  [10114, 'IPADDRESSRANGE - GROUP ASSIGN', 'address-restriction-changed'],
  [10115, 'IPADDRESSRANGE - GROUP UNASSIGN', 'address-restriction-changed'],
  [10116, 'USER - CHALLENGE_APPLIED', 'account-edited'],
  [10117, 'USER - CHALLENGE_CLEARED', 'account-edited'],
  [10142, 'ROLE - EDIT', 'role-changed'],
  [10149, 'USER - TWOFACTORRESET', 'two-factor-changed'],
  [10150, 'USER - TWOFACTORRESETFAILED', 'two-factor-changed'],
  [10151, 'ENGINE - OFFLINE', 'engine-offline'],
  [10152, 'ENGINE - ONLINE', 'engine-online'],
  [10155, 'SECRET - SECRETPASSWORDCHANGEFAILURE', 'secret-password-change-failed'],
];

const byId = new Map(kinds.map(([id, , action]) => [String(id), action]));
const byName = new Map(kinds.map(([, name, action]) => [plain(name), action]));

/** Audit texts share this id whatever they are about, so their name decides. */
const auditTextId = '100';

/** Words of `msg` whose event has another word in its name. */
const actionWords: Readonly<Record<string, string>> = {
  passwordchangefailed: 'secretpasswordchangefailure',
  passwordchange: 'secretpasswordchange',
  passworddisplayed: 'passworddisplayed',
};

/** Our word for an event. The id decides; a name only where the id is unknown to us. */
export function actionOf(id: string, name: string): VaultAction {
  const known = id === auditTextId ? undefined : byId.get(id);
  return known ?? byName.get(plain(name)) ?? 'other';
}

/** Our word for the `Event: [Secret] Action: [Password Change]` of a message that came without an event's id. */
export function actionOfWords(type: string, action: string): VaultAction {
  const [kind, word] = [plain(type), plain(action)];
  return byName.get(kind + word) ?? byName.get(kind + (actionWords[word] ?? word)) ?? 'other';
}

/** Names vary in case, blanks, underscores and in the dash: what is left are letters and digits. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '');
}
