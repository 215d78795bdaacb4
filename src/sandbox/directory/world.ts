/** One account. What the directory computes of it (locked, expired) is never stored, as in Active Directory. */
export type DirectoryUser = {
  /** sAMAccountName. */
  name: string;
  /** An explicit userPrincipalName; null: none is stored. */
  principalName: string | null;
  dn: string;
  password: string;
  disabled: boolean;
  badPasswords: number;
  /** Stays after a lock has run out, until somebody unlocks the account or it logs in. Null: never locked. */
  lockedAt: number | null;
  /** Null: never. */
  expiresAt: number | null;
  /** Null: must be changed at the next logon. */
  passwordSetAt: number | null;
  passwordNeverExpires: boolean;
};

/** All that the simulated domain knows. A plain object that a test may change by hand, or through `changes.ts`. */
export type DirectoryWorld = {
  /** The controller's clock, epoch milliseconds. */
  now: () => number;
  /** Part of every password and of every attribute that nobody needs to read. */
  canary: string;
  baseDn: string;
  dnsName: string;
  netbiosName: string;
  lockoutThreshold: number;
  lockoutMs: number;
  maxPasswordAgeMs: number;
  users: DirectoryUser[];
};

const day = 86_400_000;

/** Names of the healthy domain that tests and the demo speak of. */
export const corpDirectory = {
  baseDn: 'dc=corp,dc=example',
  bindDn: 'cn=svc-vaultcheck,ou=service,dc=corp,dc=example',
  targetAccount: 'scanadmin',
  scanAccount: 'svc-qualys',
} as const;

/**
 * The domain CORP of the integration `corp`: the target account behind `scanadmin`, the scan account, and our own.
 * Everybody can log in. The target's password is as old as the secret's in the healthy vault: 30 days; the scan account's
 * is older than the vault record of the healthy Qualys.
 */
export function healthyDirectory(
  options: Partial<Pick<DirectoryWorld, 'now' | 'canary'>> = {},
): DirectoryWorld {
  const world: DirectoryWorld = {
    now: options.now ?? Date.now,
    canary: options.canary ?? 'canary-7f3e',
    baseDn: corpDirectory.baseDn,
    dnsName: 'corp.example',
    netbiosName: 'CORP',
    lockoutThreshold: 3,
    lockoutMs: 30 * 60_000,
    maxPasswordAgeMs: 365 * day,
    users: [],
  };
  addDirectoryUser(world, { name: corpDirectory.targetAccount, principalName: 'scan.admin@corp.example' });
  const passwordSetAt = world.now() - 60 * day;
  addDirectoryUser(world, { name: corpDirectory.scanAccount, passwordSetAt, passwordNeverExpires: true });
  addDirectoryUser(world, { name: 'svc-vaultcheck', dn: corpDirectory.bindDn, passwordNeverExpires: true });
  return world;
}

/** An account that can log in, with a password that is 30 days old and holds the canary. */
export function addDirectoryUser(
  world: DirectoryWorld,
  user: Partial<DirectoryUser> & { name: string },
): DirectoryUser {
  const full: DirectoryUser = {
    principalName: null,
    dn: `CN=${user.name.replaceAll(/[,+"\\<>;=]/g, '\\$&')},CN=Users,${world.baseDn}`,
    password: `${user.name}-${world.canary}`,
    disabled: false,
    badPasswords: 0,
    lockedAt: null,
    expiresAt: null,
    passwordSetAt: world.now() - 30 * day,
    passwordNeverExpires: false,
    ...user,
  };
  world.users.push(full);
  return full;
}

export function directoryUser(world: DirectoryWorld, name: string): DirectoryUser {
  const found = world.users.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Error(`The simulated directory has no account ${name}`);
  return found;
}

export function isLocked(world: DirectoryWorld, { lockedAt }: DirectoryUser): boolean {
  return lockedAt !== null && lockedAt + world.lockoutMs > world.now();
}

/** When the password expires; null: never. 0 stands for one that must be changed. */
export function passwordExpiry(world: DirectoryWorld, user: DirectoryUser): number | null {
  if (user.passwordNeverExpires) return null;
  return user.passwordSetAt === null ? 0 : user.passwordSetAt + world.maxPasswordAgeMs;
}
