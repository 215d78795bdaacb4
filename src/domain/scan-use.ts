import type { AuthenticationRecords, Scan, Scans, VaultRecords } from './evidence/qualys.ts';
import type { Instant } from './instant.ts';
import { overlap, recordsHere, recordsOfSecret, targetRanges } from './scanner-records.ts';
import type { Settings } from './settings.ts';
import { ifKnown, type Told } from './told.ts';

/** What is known of Qualys where a rule merely wants it. */
export type ScanSources = {
  scans: Told<Scans>;
  authenticationRecords: Told<AuthenticationRecords>;
  vaultRecords: Told<VaultRecords>;
};

/** A scan that has ended, and how long it took. */
export type EndedScan = { title: string; launchedAt: Instant; endedAt: Instant; durationMs: number };

/**
 * The finished scans that used a secret, newest first: those whose addresses overlap the addresses of a record that
 * names it. A scan by group or tag has no addresses and is not among them. Empty where Qualys could not be read.
 */
export function finishedScansWith(secret: string, sources: ScanSources, settings: Settings): EndedScan[] {
  const ranges = targetRanges(recordTargets(secret, sources, settings));
  return (ifKnown(sources.scans)?.scans ?? [])
    .filter((one) => one.state === 'finished' && overlap(targetRanges(one.targets), ranges))
    .flatMap(ended)
    .toSorted((a, b) => b.endedAt - a.endedAt);
}

function recordTargets(
  secret: string,
  { authenticationRecords, vaultRecords }: ScanSources,
  settings: Settings,
): string[] {
  const here = recordsHere(ifKnown(vaultRecords) ?? null, settings);
  const records = recordsOfSecret(ifKnown(authenticationRecords) ?? null, secret, here);
  return records.flatMap((one) => one.targets);
}

function ended({ title, launchedAt, durationMs }: Scan): EndedScan[] {
  return durationMs === null ? [] : [{ title, launchedAt, durationMs, endedAt: launchedAt + durationMs }];
}
