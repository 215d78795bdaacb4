import { type Book, toldOf } from './book.ts';
import type { Breaks, Incident } from './incident.ts';
import { dayMs } from './instant.ts';
import {
  overlap,
  readAuthenticationRecords,
  recordsHere,
  takesFrom,
  targetRanges,
} from './scanner-records.ts';
import type { Settings } from './settings.ts';
import { ifKnown, type Told } from './told.ts';

const scansShown = 3;

/**
 * What an incident breaks: the watched secrets behind it, and the scans of the last day before it that reached hosts
 * whose records take their password from this vault. Schedules cannot be read, so what comes next is not in it.
 */
export function breaksOf(
  book: Book,
  incident: Incident,
  { settings, watched }: { settings: Settings; watched: Told<string[]> },
): Breaks {
  const secrets = incident.secret === null ? (ifKnown(watched) ?? []) : [incident.secret];
  const unread = incident.secret === null && 'gap' in watched ? [watched.gap.detail] : [];
  if (settings.qualys === null) return { secrets, scans: [], unread };
  const [vaults, records, scans] = [
    toldOf(book, 'vaultRecords'),
    toldOf(book, 'authenticationRecords'),
    toldOf(book, 'scans'),
  ];
  const missing = [vaults, records, scans].flatMap((one) => ('gap' in one ? [one.gap.detail] : []));
  const here = recordsHere(ifKnown(vaults) ?? null, settings);
  const using = readAuthenticationRecords(ifKnown(records) ?? null).filter((record) =>
    here.some((vault) => takesFrom(record, vault.record)),
  );
  const ranges = targetRanges(using.flatMap(({ targets }) => targets));
  const hit = (ifKnown(scans)?.scans ?? [])
    .filter(({ launchedAt }) => launchedAt >= incident.since - dayMs)
    .filter(({ targets }) => overlap(targetRanges(targets), ranges))
    .sort((a, b) => b.launchedAt - a.launchedAt)
    .slice(0, scansShown);
  return {
    secrets,
    scans: hit.map(({ title, launchedAt }) => ({ title, at: launchedAt })),
    unread: [...new Set([...unread, ...missing])],
  };
}
