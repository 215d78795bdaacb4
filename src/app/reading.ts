import type { Evidence, EvidenceKey } from '../domain/evidence/index.ts';
import type { GapSource } from '../domain/gap.ts';
import type { Instant } from '../domain/instant.ts';
import type { Settings } from '../domain/settings.ts';
import type { Directory } from '../ports/directory.ts';
import type { Journal } from '../ports/journal.ts';
import type { Network } from '../ports/network.ts';
import type { Scanner } from '../ports/scanner.ts';
import type { Sites } from '../ports/sites.ts';
import type { Vault } from '../ports/vault.ts';

/** Evidence about one secret. Everything else is the same for all secrets of an integration. */
export const secretKeys = [
  'secretMatches',
  'secret',
  'secretAccess',
  'approvalRule',
  'checkOutState',
  'commentRule',
  'secretAudit',
  'folderAudit',
  'secretFolder',
  'secretPassword',
  'targetAccount',
] as const satisfies readonly EvidenceKey[];

export type SecretKey = (typeof secretKeys)[number];
export type BatchKey = Exclude<EvidenceKey, SecretKey>;

/** What a reading may read from. Each question to a port leaves the machine at most once per run. */
type Door = {
  settings: Settings;
  /** When the run started. */
  at: Instant;
  vault: Vault;
  network: Network;
  /** Null where this run has no way to the sites. */
  sites: Sites | null;
  /** Null where no Qualys is configured. */
  scanner: Scanner | null;
  /** Null where no directory is configured. */
  directory: Directory | null;
  /** Null without a Redis in this run. */
  journal: Pick<Journal, 'lastEvent'> | null;
};

/** Evidence that is shared cannot ask for evidence about one secret: the type leaves it out. */
export type BatchDoor = Door & { ask<K extends BatchKey>(key: K): Promise<Evidence[K]> };

export type SecretDoor = Door & { secret: string; ask<K extends EvidenceKey>(key: K): Promise<Evidence[K]> };

/**
 * How one piece of evidence is got, at most once per run (`batch`: once for all its secrets).
 * Throws GapError where it cannot be got; `ask` throws the gap of the other piece, which so becomes the gap of this one.
 */
export type Reading<K extends EvidenceKey> = {
  /** Whose word the evidence is. */
  source: GapSource;
  scope: K extends SecretKey ? 'secret' : 'batch';
  /** What is being waited for, as a part of a sentence: `the roles of the scan accounts`. */
  what: string;
  /** When the source gave it, where that may be before this run: its answers are kept for minutes. */
  readAt?(value: Evidence[K]): Instant | null;
  read(from: K extends SecretKey ? SecretDoor : BatchDoor): Promise<Evidence[K]>;
};

/** A key without a reading does not compile. */
export type Readings = { readonly [K in EvidenceKey]: Reading<K> };

export function isSecretKey(key: EvidenceKey): key is SecretKey {
  return secretKeys.some((one) => one === key);
}
