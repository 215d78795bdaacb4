import type { Book, Entry } from '../domain/book.ts';
import type { Evidence, EvidenceKey } from '../domain/evidence/index.ts';
import { GapError } from '../domain/gap.ts';
import {
  directoryAskedOnce,
  networkAskedOnce,
  scannerAskedOnce,
  sitesAskedOnce,
  vaultAskedOnce,
} from './asked-once.ts';
import { openDesk, type Run } from './desk.ts';
import type { Integration } from './integration.ts';
import {
  type BatchDoor,
  type BatchKey,
  isSecretKey,
  type Reading,
  type Readings,
  type SecretDoor,
  type SecretKey,
} from './reading.ts';

/** Gathers evidence of one integration. */
export type Gatherer = {
  /**
   * What became of each of these readings for the secret. All run at once, each at most once; what does not depend on
   * the secret is shared by all calls. Rejects for a bug of ours only, never for a gap.
   */
  gather(secret: string, keys: readonly EvidenceKey[]): Promise<Book>;
  /** For questions that are no evidence: the same ports, under the same promises. */
  door: BatchDoor;
};

type AnyEntry = Entry<unknown>;
type Look = (key: EvidenceKey) => Promise<AnyEntry>;

export function openGatherer(integration: Integration, run: Run, readings: Readings): Gatherer {
  const { settings, sources } = integration;
  const desk = openDesk(run);
  const network = networkAskedOnce(sources.network(run.scope));
  const vault = vaultAskedOnce(sources.vault(run.scope), network, settings);
  const sites = sources.sites && sitesAskedOnce(sources.sites(run.scope));
  const scanner = sources.scanner && scannerAskedOnce(sources.scanner(run.scope));
  const directory = sources.directory && directoryAskedOnce(sources.directory(run.scope));
  const common = {
    settings,
    at: run.startedAt,
    vault,
    network,
    sites,
    scanner,
    directory,
    journal: sources.journal,
  };

  const shared = once<BatchKey>((key) => {
    const reading = readings[key] as Reading<BatchKey>;
    return desk.entryOf(key, reading, () => reading.read(door));
  });
  const sharedOnly: Look = async (key) => {
    if (isSecretKey(key))
      throw new Error(`Shared evidence cannot ask for "${key}", which is about one secret.`);
    return shared(key);
  };
  const door: BatchDoor = { ...common, ask: asking(sharedOnly) };

  return {
    door,
    async gather(secret, keys) {
      const look: Look = (key) => (isSecretKey(key) ? own(key) : shared(key));
      const own = once<SecretKey>((key) => {
        const reading = readings[key] as Reading<SecretKey>;
        const from: SecretDoor = { ...common, secret, ask: asking(look) };
        return desk.entryOf(key, reading, () => reading.read(from));
      });
      const entries = await Promise.all(keys.map(async (key) => [key, await look(key)] as const));
      // Each reading is typed by its key; that ends where they lie together.
      return Object.fromEntries(entries) as Book;
    },
  };
}

function once<K>(start: (key: K) => Promise<AnyEntry>): (key: K) => Promise<AnyEntry> {
  const started = new Map<K, Promise<AnyEntry>>();
  return (key) => {
    const entry = started.get(key) ?? start(key);
    started.set(key, entry);
    return entry;
  };
}

/** The value, or the gap of the piece that was asked for. */
function asking(look: Look) {
  return async <K extends EvidenceKey>(key: K): Promise<Evidence[K]> => {
    const entry = await look(key);
    if ('gap' in entry) throw new GapError(entry.gap);
    return entry.value as Evidence[K];
  };
}
