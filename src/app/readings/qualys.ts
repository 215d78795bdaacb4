import type { AuthenticationRecord } from '../../domain/evidence/qualys.ts';
import { GapError } from '../../domain/gap.ts';
import type { Instant } from '../../domain/instant.ts';
import {
  readAuthenticationRecords,
  recordsHere,
  takesFrom,
  targetRanges,
  unreadTypes,
} from '../../domain/scanner-records.ts';
import type { Told } from '../../domain/told.ts';
import type { Dated, Scanner } from '../../ports/scanner.ts';
import type { BatchDoor, Readings } from '../reading.ts';
import { toldOf } from '../told.ts';

/** Nobody has this many records of one type of vault; each costs a request. */
const mostRecords = 20;

const readAt = (value: { readAt: Instant } | null) => value?.readAt ?? null;

/**
 * What Qualys holds. All of it is the same for every secret of the integration. They start at once with everything
 * else; the adapter knows which of them must wait for each other.
 */
export const qualysReadings = {
  vaultRecords: {
    source: 'qualys',
    scope: 'batch',
    what: 'the vault records of Qualys',
    readAt,
    read: vaultRecords,
  },
  authenticationRecords: {
    source: 'qualys',
    scope: 'batch',
    what: 'the authentication records of Qualys',
    readAt,
    async read({ scanner, settings, at }) {
      if (!scanner || !settings.qualys) return null;
      const types = await Promise.all(
        settings.qualys.recordTypes.map(async (type) => ({
          type,
          told: await toldOf(scanner.authenticationRecords(type)),
        })),
      );
      return {
        readAt: oldest(
          at,
          types.map((one) => one.told),
        ),
        types: types.map(({ type, told }) => ({ type, told: foundIn(told) })),
      };
    },
  },
  scannerAppliances: {
    source: 'qualys',
    scope: 'batch',
    what: 'the appliances of Qualys',
    readAt,
    async read(from) {
      const answer = await configured(from).appliances();
      return { readAt: answer.readAt, appliances: answer.found };
    },
  },
  scans: {
    source: 'qualys',
    scope: 'batch',
    what: 'the scans of Qualys',
    readAt,
    async read({ scanner, settings, at }) {
      if (!scanner) return null;
      const start = at - settings.scanEveryMs;
      const answer = await scanner.scans(start);
      return { readAt: answer.readAt, scans: answer.found.filter((one) => one.launchedAt >= start) };
    },
  },
  scannedHosts: {
    source: 'qualys',
    scope: 'batch',
    what: 'the hosts that Qualys scans',
    readAt,
    async read(from) {
      const targets = await recordTargets(from);
      if (targets.length === 0) return { readAt: from.at, hosts: [] };
      const answer = await configured(from).hosts(targets);
      return { readAt: answer.readAt, hosts: answer.found };
    },
  },
  failedAuthentications: {
    source: 'qualys',
    scope: 'batch',
    what: 'the failed logins that Qualys noted on hosts',
    readAt,
    async read(from) {
      const targets = await recordTargets(from);
      const qids = from.settings.qualys?.failedAuthenticationQids ?? [];
      if (targets.length === 0 || qids.length === 0) return { readAt: from.at, failures: [] };
      const answer = await configured(from).failedAuthentications(targets, qids);
      return { readAt: answer.readAt, failures: answer.found };
    },
  },
} as const satisfies Partial<Readings>;

async function vaultRecords({ scanner, settings, at }: BatchDoor) {
  if (!scanner || !settings.qualys) return null;
  const all = await scanner.vaultRecords();
  const titles = settings.qualys.vaults.map(canonicalTitle);
  const counted = all.found.filter(
    ({ title }) => titles.length === 0 || titles.includes(canonicalTitle(title)),
  );
  const logins = await Promise.all(
    counted.map(async (record, index) => ({
      record,
      login: index < mostRecords ? await toldOf(scanner.vaultLogin(record.id)) : tooMany(counted.length),
    })),
  );
  return {
    readAt: oldest(at, [{ known: all }, ...logins.map((one) => one.login)]),
    records: logins.map(({ record, login }) => ({ record, login: foundIn(login) })),
  };
}

function canonicalTitle(title: string): string {
  return title.trim().toLowerCase();
}

function tooMany(count: number): Told<never> {
  const detail = `Qualys has ${count} vault records of Secret Server's type, and ${mostRecords} are read: name those that count in qualys.vaults.`;
  return { gap: { source: 'qualys', cause: 'truncated', detail } };
}

/** When the oldest of several answers was given. */
function oldest(at: Instant, all: readonly Told<Dated<unknown>>[]): Instant {
  return Math.min(at, ...all.flatMap((one) => ('known' in one ? [one.known.readAt] : [])));
}

function foundIn<T>(told: Told<Dated<T>>): Told<T> {
  return 'known' in told ? { known: told.known.found } : told;
}

/** The addresses of all records that take their password from this Secret Server, each once and in one order. */
async function recordTargets(from: BatchDoor): Promise<string[]> {
  const [all, vaults] = await Promise.all([
    from.ask('authenticationRecords'),
    toldOf(from.ask('vaultRecords')),
  ]);
  const [gap] = unreadTypes(all);
  const read = readAuthenticationRecords(all);
  if (gap && read.length === 0) throw new GapError(gap);
  const here = 'known' in vaults ? recordsHere(vaults.known, from.settings) : [];
  const isOurs = (record: AuthenticationRecord) =>
    here.length === 0 || here.some((one) => takesFrom(record, one.record));
  const targets = read.filter(isOurs).flatMap((record) => record.targets);
  return [...new Set(targetRanges(targets).map((range) => range.text))].toSorted();
}

function configured({ scanner }: BatchDoor): Scanner {
  if (scanner) return scanner;
  const detail = 'No Qualys is configured.';
  throw new GapError({ source: 'vaultcheck', cause: 'not-configured', detail });
}
