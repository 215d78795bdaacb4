/** A vault record: where the appliance logs in to a vault, and as whom. */
export type VaultRecord = {
  id: number;
  title: string;
  type: string;
  url: string;
  username: string;
  domain: string;
  password: string;
  modifiedAt: number;
  modifiedBy: string;
};

/** An authentication record. `vault` null: it holds a password of its own, which the lists then echo. */
export type AuthenticationRecord = {
  id: number;
  type: string;
  title: string;
  username: string;
  domain: string;
  vault: { id: number; secretName: string } | null;
  password: string;
  targets: string[];
  modifiedAt: number;
};

export type Appliance = {
  id: number;
  name: string;
  online: boolean;
  lan: string;
  heartbeatsMissed: number;
  /** null: never. */
  connectedAt: number | null;
  pollingSeconds: number;
  activationCode: string;
};

export type Scan = {
  reference: string;
  title: string;
  state: 'Finished' | 'Running' | 'Error' | 'Canceled';
  launchedAt: number;
  durationMs: number;
  targets: string[];
};

export type Host = {
  id: number;
  address: string;
  scannedAt: number | null;
  authenticatedAt: number | null;
  failures: { qid: number; foundAt: number }[];
};

/** Everything that the simulated Qualys knows. A test may change any field; `happenings.ts` does it as in real life. */
export type World = {
  now: () => number;
  /** Part of every password: must turn up nowhere outside. */
  canary: string;
  account: { username: string; password: string };
  vaults: VaultRecord[];
  records: AuthenticationRecord[];
  appliances: Appliance[];
  scans: Scan[];
  hosts: Host[];
  /** Longer lists are cut, and go on by a URL of another host. */
  pageSize: number;
  /** A code of the vendor that answers whatever this account asks: 2001 once it has expired. */
  refusesWith: number | null;
  /** Versions of the API that this platform does not know. */
  unknownVersions: string[];
};

export type WorldOptions = { now?: () => number; canary?: string; scannerUrl: string };

export function emptyWorld({
  now = Date.now,
  canary = 'canary-51b8',
}: Pick<WorldOptions, 'now' | 'canary'>): World {
  return {
    now,
    canary,
    account: { username: 'corp_ab1', password: `qualys-${canary}` },
    vaults: [],
    records: [],
    appliances: [],
    scans: [],
    hosts: [],
    pageSize: 1000,
    refusesWith: null,
    unknownVersions: [],
  };
}
