import type { Integration } from '../../src/app/integration.ts';
import type { VaultGroup } from '../../src/domain/evidence/account.ts';
import type { DirectoryAccount } from '../../src/domain/evidence/directory.ts';
import { GapError, type GapSource } from '../../src/domain/gap.ts';
import { dayMs, minuteMs } from '../../src/domain/instant.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Directory } from '../../src/ports/directory.ts';
import type { Journal } from '../../src/ports/journal.ts';
import type { Network } from '../../src/ports/network.ts';
import type { RunScope } from '../../src/ports/run-scope.ts';
import type { Scanner } from '../../src/ports/scanner.ts';
import type { Sites } from '../../src/ports/sites.ts';
import type {
  SecretAuditRowRead,
  SecretSummaryRead,
  UserAuditRowRead,
  Vault,
  VaultUserRead,
} from '../../src/ports/vault.ts';
import { context, at as now } from '../given.ts';

export { now };
export const clock = { now: () => now };

export const written = (ms: number) => ({ ms, zoned: false });

export function user(id: number, username: string, changed: Partial<VaultUserRead> = {}): VaultUserRead {
  return {
    id,
    username,
    domain: 'CORP',
    displayName: username,
    enabled: true,
    lockedOut: false,
    lockOutReason: null,
    loginFailures: 0,
    lastLogin: null,
    passwordLastChanged: null,
    expires: null,
    applicationAccount: true,
    twoFactorMethods: [],
    personalGroupId: null,
    ...changed,
  };
}

export function secret(
  id: number,
  name: string,
  changed: Partial<SecretSummaryRead> = {},
): SecretSummaryRead {
  return {
    id,
    name,
    folderId: 7,
    folderPath: '\\Scan',
    template: 'Windows Account',
    active: true,
    checkOutEnabled: false,
    checkedOut: false,
    requiresApproval: false,
    requiresComment: false,
    doubleLock: false,
    hidePassword: false,
    hasLauncher: true,
    inheritsPermissions: true,
    heartbeat: 'Success',
    outOfSync: false,
    outOfSyncReason: '',
    createdAt: written(now - 30 * dayMs),
    lastPasswordChangeAttempt: null,
    ...changed,
  };
}

export function userRow(at: number, changed: Partial<UserAuditRowRead> = {}): UserAuditRowRead {
  const from = { address: '10.20.30.40', by: 'svc-qualys' };
  return { at: written(at), action: 'login', text: 'Login', notes: '', ...from, ...changed };
}

export function secretRow(at: number, changed: Partial<SecretAuditRowRead> = {}): SecretAuditRowRead {
  const by = { username: 'CORP\\svc-qualys', displayName: 'q' };
  return { at: written(at), action: 'viewed', text: 'VIEW', notes: '', ...by, ...changed };
}

export const scanners: VaultGroup = {
  id: 5,
  name: 'Scanners',
  domain: null,
  synchronised: false,
  enabled: true,
};

/** A vault in memory: the reader has id 1, the scan account id 2. `offsetMs`: how its wall clock stands to UTC. */
function vaultOf(offsetMs: number): Vault {
  return { ...server(offsetMs), ...accounts(offsetMs), ...secrets(offsetMs) };
}

function server(offsetMs: number) {
  return {
    health: async () => ({
      url: 'u',
      state: 'answered' as const,
      healthy: true,
      readOnly: false,
      detail: '',
      pathSuspect: false,
    }),
    now: async () => ({ now: written(now + offsetMs), utcNow: written(now) }),
    soapDescription: async () => ({ url: 'u', state: 'described' as const, detail: '' }),
    signIn: async () => ({ state: 'accepted' as const, text: null, remembered: false, requestedAt: now }),
    self: async () => ({ id: 1, permissions: [] }),
    configuration: async () => ({
      webServicesEnabled: true,
      directApiPrevented: false,
      twoFactorForWebServices: false,
      maximumLoginFailures: 5,
      approvalForced: false,
      duplicateNamesAllowed: false,
      forceHttps: true,
      hstsEnabled: true,
      hstsMaxAgeSeconds: 1,
      viewIntervalMinutes: 30,
      serverTimeZone: null,
      syslog: { enabled: true, server: 'siem.corp.example', port: 514, protocol: 'TCP', timeZone: null },
    }),
    unlimitedAdministration: async () => false,
  };
}

function accounts(offsetMs: number) {
  return {
    accountsNamed: async (name: string) =>
      [user(2, 'svc-qualys')].filter(({ username }) => username === name),
    usersNamed: async (name: string) => [user(2, 'svc-qualys')].filter(({ username }) => username === name),
    groupsOf: async () => [scanners],
    rolesOf: async () => [{ id: 3, name: 'Scanner' }],
    permissionsOf: async () => ['View Secret', 'View Launcher Password'],
    restrictionsOfUser: async () => [],
    restrictionsOfGroup: async () => [{ name: 'appliance', range: '10.20.30.40' }],
    auditOfUser: async (id: number) => ({
      rows:
        id === 1
          ? [userRow(now + offsetMs, { address: '10.0.0.9' })]
          : [userRow(now + offsetMs - dayMs, { by: '' })],
      cut: false,
    }),
    groupsNamed: async () => [scanners],
  };
}

function secrets(offsetMs: number) {
  const level = 'view' as const;
  return {
    secretsNamed: async (name: string) => [secret(42, name)],
    secretsIn: async () => [
      secret(42, 'scanadmin'),
      secret(43, 'other'),
      secret(44, 'gone', { active: false }),
    ],
    folderAt: async (path: string) => ({ id: 7, path, inheritsPermissions: true }),
    folder: async (id: number) => ({ id, path: '\\Scan', inheritsPermissions: true }),
    accessOfSecret: async () => [
      { level, userId: null, groupId: scanners.id, principal: 'Scanners', inherited: true },
    ],
    accessOfFolder: async () => [],
    approvalRule: async () => ({ required: false, editorsAlso: false, ownersAlso: false }),
    commentRule: async () => ({ comment: false, ticket: false }),
    checkOutState: async () => ({
      checkedOut: false,
      byUserId: null,
      by: null,
      minutesLeft: null,
      intervalMinutes: null,
      changesPassword: null,
      passwordChangePending: false,
    }),
    auditOfSecret: async () => ({ rows: [secretRow(now + offsetMs - dayMs + minuteMs)], cut: false }),
    auditOfFolder: async () => ({ rows: [], cut: false }),
    eventSubscriptions: async () => [],
    peopleOf: async () => [],
    inboxRules: async () => [],
  };
}

function network(): Network {
  return {
    plainHttp: async () => ({ state: 'closed', detail: 'nothing listens there' }),
    resolve: async () => ({ addresses: ['10.0.0.1'], failure: null }),
    connect: async () => ({ state: 'open', detail: 'open' }),
    handshake: async () => ({
      problem: null,
      detail: 'valid',
      protocol: 'TLSv1.3',
      subject: 's',
      issuer: 'i',
      validTo: now + 90 * dayMs,
    }),
  };
}

/** A Qualys in memory whose records point at the vault of `context()`. */
function scanner(): Scanner {
  const dated = <T>(found: T) => ({ readAt: now - minuteMs, found });
  return {
    vaultRecords: async () =>
      dated([{ id: 1, title: 'Corp', lastModified: now - 30 * dayMs, modifiedBy: 'corp_ab1' }]),
    vaultLogin: async () =>
      dated({ url: 'https://vault.corp.example/SecretServer', username: 'svc-qualys', domain: 'CORP' }),
    authenticationRecords: async (type) =>
      dated([
        {
          id: 2,
          type,
          title: `Corp ${type}`,
          username: 'scanadmin',
          domain: 'CORP',
          vaultId: 1,
          vaultTitle: 'Corp',
          secretName: 'scanadmin',
          targets: ['10.1.0.1-10.1.0.38', 'tag:servers'],
          lastModified: now - 30 * dayMs,
        },
      ]),
    appliances: async () => dated([]),
    scans: async () => dated([]),
    hosts: async () => dated([]),
    failedAuthentications: async () => dated([]),
  };
}

export const directorySettings: NonNullable<Settings['directory']> = {
  url: 'ldaps://dc01.corp.example',
  baseDn: 'dc=corp,dc=example',
  accounts: { scanadmin: 'scanadmin' },
};

export const qualysSettings: NonNullable<Settings['qualys']> = {
  url: 'https://qualysapi.corp.example',
  username: 'corp_ab1',
  vaults: [],
  recordTypes: ['windows', 'unix'],
  failedAuthenticationQids: [105015],
};

/** Sites that all see what `network` sees. */
function sites(): Sites {
  return {
    look: async () => ({
      resolution: { addresses: ['10.0.0.1'], failure: null },
      connection: { state: 'open', detail: 'open' },
      certificate: { known: await network().handshake({ host: 'h', port: 443 }) },
    }),
    health: async () => ({ alive: [{ id: 'p', version: '0.1.0', at: now }], lastSeen: now }),
  };
}

/** One domain whose clock is ours, where every account that is asked for is usable. */
function directory(): Directory {
  return {
    domain: async () => ({ dnsName: 'corp.example', skewMs: 0 }),
    netbiosName: async () => 'CORP',
    account: async ({ logonName, principalName }) => directoryAccount(logonName ?? principalName ?? ''),
  };
}

export function directoryAccount(name: string, changed: Partial<DirectoryAccount> = {}): DirectoryAccount {
  return {
    name,
    enabled: true,
    locked: false,
    lockedAt: null,
    expires: null,
    mustChangePassword: false,
    passwordLastSet: now - 30 * dayMs,
    passwordExpired: false,
    passwordExpires: null,
    ...changed,
  };
}

export type World = {
  vault?: Partial<Vault>;
  network?: Partial<Network>;
  /** Absent: no way to the sites. */
  sites?: Partial<Sites>;
  /** Absent: no Qualys. Give `settings.qualys` with it. */
  scanner?: Partial<Scanner>;
  /** Absent: no directory. Give `settings.directory` with it. */
  directory?: Partial<Directory>;
  /** Absent: no Redis in this run. */
  journal?: Pick<Journal, 'lastEvent'>;
  settings?: Partial<Settings>;
  /** Each question is written down here, with its subject. */
  asked?: string[];
  offsetMs?: number;
};

/** One integration over a vault in memory. Each question to it counts as one call. */
export function integrationOf({ asked = [], offsetMs = 0, ...world }: World = {}): Integration {
  return {
    settings: context(world.settings).settings,
    sources: {
      vault: (run) => writtenDown({ ...vaultOf(offsetMs), ...world.vault }, asked, run),
      network: () => writtenDown({ ...network(), ...world.network }, asked),
      sites: world.sites ? () => writtenDown({ ...sites(), ...world.sites }, asked) : null,
      scanner: world.scanner ? () => writtenDown({ ...scanner(), ...world.scanner }, asked) : null,
      directory: world.directory ? () => writtenDown({ ...directory(), ...world.directory }, asked) : null,
      journal: world.journal ?? null,
    },
  };
}

function writtenDown<P extends object>(port: P, asked: string[], run?: RunScope): P {
  const entries = Object.entries(port).map(([name, ask]) => [
    name,
    (...subjects: unknown[]) => {
      run?.sent('secret-server');
      asked.push([name, ...subjects.map((one) => JSON.stringify(one))].join(' '));
      return ask(...subjects);
    },
  ]);
  return Object.fromEntries(entries) as P;
}

export function gap(cause: 'denied' | 'absent' | 'timed-out', source: GapSource = 'secret-server'): GapError {
  return new GapError({ source, cause, detail: `It was ${cause}.` });
}

export const refused = async (): Promise<never> => {
  throw gap('denied');
};

/** Never answers, and does not obey the deadline either. */
export const silent = (): Promise<never> => new Promise(() => {});
