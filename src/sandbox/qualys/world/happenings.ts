import { addressRange, contains } from '../../../domain/addresses.ts';
import type { AuthenticationRecord, Host, VaultRecord, World } from './world.ts';

const minute = 60_000;

/** Somebody edits a vault record: new fields, or only its password (no fields). */
export function vaultRecordEdited(world: World, title: string, changed: Partial<VaultRecord> = {}): void {
  const record = found(
    world.vaults.find((one) => one.title === title),
    title,
  );
  Object.assign(record, { modifiedAt: world.now(), ...changed });
}

export function recordEdited(world: World, title: string, changed: Partial<AuthenticationRecord> = {}): void {
  const record = found(
    world.records.find((one) => one.title === title),
    title,
  );
  Object.assign(record, { modifiedAt: world.now(), ...changed });
}

/** The appliance stops calling home: its last connection stays where it was. */
export function applianceOffline(world: World, name: string, forMinutes = 30): void {
  const appliance = found(
    world.appliances.find((one) => one.name === name),
    name,
  );
  Object.assign(appliance, {
    online: false,
    heartbeatsMissed: Math.max(1, Math.floor(forMinutes / 3)),
    connectedAt: world.now() - forMinutes * minute,
  });
}

export function applianceOnline(world: World, name: string): void {
  const appliance = found(
    world.appliances.find((one) => one.name === name),
    name,
  );
  Object.assign(appliance, { online: true, heartbeatsMissed: 0, connectedAt: world.now() });
}

export type ScanStory = {
  targets: string[];
  /** Whether hosts let it in; or those that did. */
  authenticated: boolean | ((address: string) => boolean);
  durationMinutes?: number;
  endedAt?: number;
  qid?: number;
};

/** A scan ran and ended: hosts keep when they were scanned, and those that refused the login note why. */
export function scanRan(world: World, story: ScanStory): void {
  const { targets, authenticated, durationMinutes = 25, endedAt = world.now(), qid = 105015 } = story;
  const durationMs = durationMinutes * minute;
  for (const host of hostsIn(world, targets)) {
    const isIn = typeof authenticated === 'boolean' ? authenticated : authenticated(host.address);
    host.scannedAt = endedAt;
    if (isIn) host.authenticatedAt = endedAt;
    else host.failures.push({ qid, foundAt: endedAt });
  }
  addScan(world, { state: 'Finished', launchedAt: endedAt - durationMs, durationMs, targets });
}

/** A scan began and still runs. */
export function scanStarted(world: World, targets: string[], minutesAgo = 5): void {
  addScan(world, { state: 'Running', launchedAt: world.now() - minutesAgo * minute, durationMs: 0, targets });
}

function addScan(world: World, scan: Omit<World['scans'][number], 'reference' | 'title'>): void {
  const number = world.scans.length + 1;
  world.scans.push({ reference: `scan/1795100000.${number}`, title: `Scan ${number}`, ...scan });
}

function hostsIn(world: World, targets: string[]): Host[] {
  const ranges = targets.flatMap((text) => addressRange(text) ?? []);
  return world.hosts.filter((host) => ranges.some((range) => contains(range, host.address)));
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (!thing) throw new Error(`The simulated Qualys has no ${what}.`);
  return thing;
}
