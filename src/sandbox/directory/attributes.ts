import { type DirectoryUser, type DirectoryWorld, isLocked, passwordExpiry } from './world.ts';

/** An entry: attributes in Microsoft's spelling. */
export type Entry = { dn: string; attributes: Record<string, string[]> };

const never = '9223372036854775807';
const epochMs = 11_644_473_600_000n;

/** Attributes that exist and that nobody needs to read. Each holds the canary. */
export const privateAttributes: readonly string[] = [
  'description',
  'info',
  'unicodePwd',
  'ms-Mcs-AdmPwd',
  'telephoneNumber',
];

/** Come only when they are asked for by name, and cannot be filtered on. */
export const computedAttributes: readonly string[] = [
  'msDS-User-Account-Control-Computed',
  'msDS-UserPasswordExpiryTimeComputed',
];

export function userEntry(world: DirectoryWorld, user: DirectoryUser): Entry {
  const expiry = passwordExpiry(world, user);
  const isExpired = expiry !== null && expiry <= world.now();
  const control = 0x2_00 | (user.disabled ? 0x2 : 0) | (user.passwordNeverExpires ? 0x1_00_00 : 0);
  const computed = (isLocked(world, user) ? 0x10 : 0) | (isExpired ? 0x80_00_00 : 0);
  return {
    dn: user.dn,
    attributes: {
      objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      sAMAccountName: [user.name],
      ...(user.principalName === null ? {} : { userPrincipalName: [user.principalName] }),
      userAccountControl: [String(control)],
      'msDS-User-Account-Control-Computed': [String(computed)],
      ...(user.lockedAt === null ? {} : { lockoutTime: [filetime(user.lockedAt)] }),
      badPwdCount: [String(user.badPasswords)],
      // Active Directory has two ways to say never: some tools write 0.
      accountExpires: [filetime(user.expiresAt, user.passwordNeverExpires ? '0' : never)],
      pwdLastSet: [filetime(user.passwordSetAt, '0')],
      'msDS-UserPasswordExpiryTimeComputed': [expiry === 0 ? '0' : filetime(expiry)],
      ...Object.fromEntries(privateAttributes.map((name) => [name, [`${name}-${world.canary}`]])),
    },
  };
}

/** What a server tells of itself to anybody. */
export function rootEntry(world: DirectoryWorld): Entry {
  return {
    dn: '',
    attributes: {
      objectClass: ['top'],
      defaultNamingContext: [world.baseDn],
      configurationNamingContext: [configurationOf(world)],
      dnsHostName: [`dc01.${world.dnsName}`],
      currentTime: [generalizedTime(world.now())],
      isGlobalCatalogReady: ['TRUE'],
    },
  };
}

/** Where the domain's short name is written down. */
export function crossReferenceEntry(world: DirectoryWorld): Entry {
  return {
    dn: `CN=${world.netbiosName},CN=Partitions,${configurationOf(world)}`,
    attributes: {
      objectClass: ['top', 'crossRef'],
      nCName: [world.baseDn],
      dnsRoot: [world.dnsName],
      nETBIOSName: [world.netbiosName],
    },
  };
}

export function configurationOf({ baseDn }: DirectoryWorld): string {
  return `CN=Configuration,${baseDn}`;
}

function filetime(at: number | null, none = never): string {
  return at === null ? none : String((BigInt(Math.round(at)) + epochMs) * 10_000n);
}

/** Whole seconds, as `20261124020224.0Z`. */
function generalizedTime(at: number): string {
  return `${new Date(at).toISOString().replaceAll(/\D/g, '').slice(0, 14)}.0Z`;
}
