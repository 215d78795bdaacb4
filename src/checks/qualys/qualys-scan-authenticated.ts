import { type AddressRange, contains } from '../../domain/addresses.ts';
import { defineCheck } from '../../domain/check.ts';
import type { FailedAuthentications, ScannedHost, Scans } from '../../domain/evidence/qualys.ts';
import type { Gap } from '../../domain/gap.ts';
import { dayMs, type Instant, moment, plural } from '../../domain/instant.ts';
import {
  namelessRecords,
  overlap,
  recordsHere,
  recordsOfSecret,
  takesFrom,
  targetRanges,
  unreadTypes,
  unsureVault,
} from '../../domain/scanner-records.ts';
import { type Context, windowStart } from '../../domain/settings.ts';
import { ifKnown, type Told } from '../../domain/told.ts';
import { type Fact, fact, fail, type Judgement, pass, skipped, unknown, warn } from '../../domain/verdict.ts';
import { withoutQualys } from '../../domain/without-qualys.ts';

type Answer = Judgement<'scannedHosts' | 'failedAuthentications'>;

const mostNamed = 5;

export const qualysScanAuthenticated = defineCheck({
  id: 'qualys-scan-authenticated',
  section: 'qualys',
  title: 'Recent scans were authenticated',
  why: 'A scan that cannot log in still ends well, with fewer findings: the hosts look better than they are.',
  remedy:
    'Open the Authentication Report of the last scan in Qualys (Reports > New > Authentication Report) for the hosts that refuse the login.',
  blocking: false,
  needs: ['authenticationRecords', 'scannedHosts'],
  wants: ['failedAuthentications', 'scans', 'vaultRecords'],
  exempt: withoutQualys,
  judge({ authenticationRecords, scannedHosts, vaultRecords, ...wanted }, context) {
    const vaults = ifKnown(vaultRecords) ?? null;
    const here = recordsHere(vaults, context.settings);
    const naming = recordsOfSecret(authenticationRecords, context.secret, here);
    const records = naming.filter(
      (one) => here.length === 0 || here.some(({ record }) => takesFrom(one, record)),
    );
    const [gap, ...gaps] = [
      ...unreadTypes(authenticationRecords),
      ...naming.flatMap((one) => unsureVault(one, vaults) ?? []),
      ...namelessRecords(authenticationRecords, vaults, context.settings),
    ];
    if (records.length === 0 && gap) return unknown([gap, ...gaps]);
    if (records.length === 0) return skipped('No authentication record fetches this secret from here.');
    const ranges = targetRanges(records.flatMap((one) => one.targets));
    if (ranges.length === 0) return unknown([withoutAddresses(records.map((one) => one.title))]);
    const hosts = scannedHosts.hosts.filter((one) => isRecent(one, ranges, context));
    const launchedAt = launchOfRunning(ranges, wanted.scans);
    const settled = hosts.filter((one) => !isBeingScanned(one, launchedAt));
    if (hosts.length > 0 && settled.length === 0) return skipped('A scan of these hosts is still running.');
    return judged(settled, wanted, context);
  },
});

function withoutAddresses(titles: string[]): Gap {
  const names = titles.map((one) => `“${one}”`).join(', ');
  const detail = `${names} names its hosts by no address (by tag or group), so their scans cannot be told.`;
  return { source: 'qualys', cause: 'absent', detail };
}

/** Whether a host of the record was scanned in the window. */
function isRecent(
  { address, scannedAt }: ScannedHost,
  ranges: readonly AddressRange[],
  context: Context,
): boolean {
  const isOurs = ranges.some((range) => contains(range, address));
  return isOurs && scannedAt !== null && scannedAt >= windowStart(context);
}

/** When the oldest scan of these hosts that still runs was launched. */
function launchOfRunning(ranges: readonly AddressRange[], scans: Told<Scans>): Instant {
  const running = (ifKnown(scans)?.scans ?? []).filter(
    (one) => one.state === 'running' && overlap(targetRanges(one.targets), ranges),
  );
  return Math.min(Number.POSITIVE_INFINITY, ...running.map((one) => one.launchedAt));
}

/** One that a running scan has just reached may be logged in to later: it is no failure yet. */
function isBeingScanned({ scannedAt, authenticatedAt }: ScannedHost, launchedAt: Instant): boolean {
  return (scannedAt ?? 0) >= launchedAt && (authenticatedAt ?? 0) < launchedAt;
}

type Wanted = { failedAuthentications: Told<FailedAuthentications>; scans: Told<Scans> };

function judged(
  hosts: readonly ScannedHost[],
  { failedAuthentications: failures, scans }: Wanted,
  context: Context,
): Answer {
  const start = windowStart(context);
  if (hosts.length === 0) {
    const text = `No host of the record was scanned since ${moment(start)}`;
    const remedy = 'Start a scan of these hosts in Qualys, or see why none is scheduled.';
    return warn(`${text}.`, [fact('scannedHosts', text)], remedy);
  }
  const without = hosts.filter((one) => (one.authenticatedAt ?? 0) < start);
  const counted = `${hosts.length - without.length} of ${plural(hosts.length, 'scanned host')} had an authenticated scan since ${moment(start)}`;
  const seen = fact('scannedHosts', counted);
  if ('gap' in scans && without.some((one) => mayBeScannedNow(one, context)))
    return unknown([scans.gap], [seen]);
  if (without.length === hosts.length) {
    const text = `None of the ${plural(hosts.length, 'host')} scanned since ${moment(start)} had an authenticated scan: ${named(hosts)}.`;
    return fail(text, [seen]);
  }
  const failing = failedSince(hosts, failures);
  const troubled = hosts.filter((one) => without.includes(one) || failing.has(one.address));
  if (troubled.length > 0) return refused(hosts, troubled, [seen, ...noted(failing)]);
  return 'gap' in failures && hosts.some(wasScannedSince) ? unknown([failures.gap], [seen]) : pass(seen);
}

/** The scan after the last authenticated one noted a failed login or none: what it noted could not be read. */
function wasScannedSince({ scannedAt, authenticatedAt }: ScannedHost): boolean {
  return (scannedAt ?? 0) > (authenticatedAt ?? 0);
}

/** No scan runs longer than this. */
const longestScanMs = dayMs;

/** Whether scans that could not be read may have one among them that has just reached this host. */
function mayBeScannedNow({ scannedAt }: ScannedHost, { at }: Context): boolean {
  return scannedAt !== null && scannedAt > at - longestScanMs;
}

function refused(
  hosts: readonly ScannedHost[],
  troubled: readonly ScannedHost[],
  facts: readonly Fact<'scannedHosts' | 'failedAuthentications'>[],
): Answer {
  const percent = Math.max(1, Math.round((100 * troubled.length) / hosts.length));
  const text = `${troubled.length} of ${plural(hosts.length, 'scanned host')} (${percent}%) did not let the last scan in: ${named(troubled)}.`;
  return warn(text, facts);
}

/** The failed login that a host noted last, where it is newer than its last authenticated scan: by address. */
function failedSince(hosts: readonly ScannedHost[], told: Told<FailedAuthentications>): Map<string, number> {
  const last = new Map(hosts.map((one) => [one.address, one.authenticatedAt ?? 0]));
  const newer = (ifKnown(told)?.failures ?? []).filter(
    ({ address, lastFoundAt }) => lastFoundAt !== null && lastFoundAt > (last.get(address) ?? Infinity),
  );
  return new Map(newer.map((one) => [one.address, one.qid]));
}

function noted(failing: ReadonlyMap<string, number>) {
  if (failing.size === 0) return [];
  const qids = [...new Set(failing.values())].join(', ');
  return [
    fact(
      'failedAuthentications' as const,
      `${plural(failing.size, 'host')} noted a failed login (QID ${qids})`,
    ),
  ];
}

function named(hosts: readonly ScannedHost[]): string {
  const names = hosts.slice(0, mostNamed).map((one) => one.address);
  const rest = hosts.length - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
