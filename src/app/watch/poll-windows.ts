import { dayMs, type Instant, minuteMs } from '../../domain/instant.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import type { Account, Settings } from '../../domain/settings.ts';
import { isZone, readEarlyMs } from '../../domain/vault-clock.ts';
import type { Marks } from '../../ports/marks.ts';

/** A first poll, and one after a longer outage, looks back so far and tells what is over in one summary. */
const firstLookBackMs = dayMs;

/** Rows may be written late, and clocks differ: what lies before the mark by less than this is read again. */
const overlapMs = 10 * minuteMs;

/** From when on what a source tells of an account is new to this poll. `mark`: when the last look at it began. */
export type Window = { since: Instant; mark: Instant | null };

/** Whoever tells of an account: Secret Server, or the directory that keeps its password. */
export type Teller = 'account' | 'directory';

const markOf = (teller: Teller, account: Account) => `${teller} ${accountLabel(account)}`;

/** Where each source was left for each account. Each has its own mark: what one could not tell must not be passed over. */
export async function windowsOf(
  marks: Pick<Marks, 'read'>,
  { integration, scanAccounts, timeZone }: Settings,
  beganAt: Instant,
): Promise<(teller: Teller, account: Account) => Window> {
  const earlyMs = timeZone !== null && isZone(timeZone) ? readEarlyMs(timeZone, beganAt) : 0;
  const names = scanAccounts.flatMap((account) => [markOf('account', account), markOf('directory', account)]);
  const read = names.map(
    async (name) => [name, windowOf(await marks.read(integration, name), beganAt, earlyMs)] as const,
  );
  const windows = new Map(await Promise.all(read));
  return (teller, account) => windows.get(markOf(teller, account)) ?? windowOf(null, beganAt, 0);
}

function windowOf(stored: Instant | null, beganAt: Instant, earlyMs: number): Window {
  const mark = stored !== null && stored > beganAt - firstLookBackMs ? stored : null;
  // A mark in the future was set before our clock went back: how far back to look is not known.
  const isKnown = mark !== null && mark <= beganAt;
  return { mark, since: isKnown ? mark - overlapMs - earlyMs : beganAt - firstLookBackMs };
}

/** A look at the account by this source is done, and what it told is stored. */
export async function moveMark(
  marks: Pick<Marks, 'advance'>,
  { integration, beganAt }: { integration: string; beganAt: Instant },
  teller: Teller,
  account: Account,
): Promise<void> {
  await marks.advance(integration, markOf(teller, account), beganAt);
}
