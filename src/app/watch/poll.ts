import { dayMs, type Instant, minuteMs } from '../../domain/instant.ts';
import type { Observation } from '../../domain/observation.ts';
import { foldFirstPoll, pollObservations } from '../../domain/poll-observations.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import type { Account, Settings } from '../../domain/settings.ts';
import { knownOf } from '../../domain/told.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Integration } from '../integration.ts';
import { toldOf } from '../told.ts';
import { eventGraceMs, eventSilence } from './event-silence.ts';
import { type LookTime, type LookTools, lookBase, lookFailed, takeIn } from './look.ts';
import { type AccountRead, type PollRead, readForPoll } from './poll-reading.ts';
import { type RecordEdits, recordEdits, unknownEdits } from './record-edits.ts';
import { serviceStates } from './service-states.ts';

export type PollTools = LookTools & { journal: Pick<Journal, 'read' | 'lastEvent'> };

/** `reason`: why something could not be read; null when all could. `summary`: what a first poll found to be over. */
export type PollOutcome = { reason: string | null; rows: number; cut: string[]; summary: string[] };

/** A first poll, and one after a longer outage, looks back so far and tells what is over in one summary. */
const firstLookBackMs = dayMs;

/** Rows may be written late, and clocks differ: what lies before the mark by less than this is read again. */
const overlapMs = 10 * minuteMs;

/** From when on the rows of an account are new to this poll. `mark`: when the last poll of it began. */
type Window = { since: Instant; mark: Instant | null };

/**
 * Looks at all scan accounts of an integration and takes in what it sees: of each account first what happened, then how
 * it stands. Marks move when all is stored, so a poll that died is made up for by the next; rows that are read again
 * are known again. Rejects for a bug of ours, or when nothing can be stored.
 */
export async function poll(tools: PollTools, integration: Integration): Promise<PollOutcome> {
  const { settings } = integration;
  const beganAt = tools.clock.now();
  const windows = await windowsOf(tools, settings, beganAt);
  const startOf = (account: Account) => Math.min(beganAt - dayMs, windowOf(windows, account, beganAt).since);
  const told = await toldOf(readForPoll(integration, tools, startOf));
  const time = { integration: settings.integration, beganAt, seenAt: tools.clock.now() };
  if ('gap' in told) return failed(tools, time, told.gap.detail);
  const looked = { tools, integration, time, windows, read: told.known };
  const taken = await takeAll(looked);
  const gone = told.known.accounts.find((one) => 'gap' in one.told);
  if (!gone || !('gap' in gone.told)) {
    await worked(tools, time);
    return { reason: null, ...taken };
  }
  const reason = `${accountLabel(gone.account)}: ${gone.told.gap.detail}`;
  return { ...(await failed(tools, time, reason, told.known.refused)), ...taken };
}

type Looked = {
  tools: PollTools;
  integration: Integration;
  time: LookTime;
  windows: ReadonlyMap<string, Window>;
  read: PollRead;
};

async function takeAll(looked: Looked): Promise<Pick<PollOutcome, 'rows' | 'cut' | 'summary'>> {
  const { tools, integration, time, read } = looked;
  const states = ['open', 'acknowledged', 'snoozed'] as const;
  const live = await tools.incidents.incidents.list({
    states,
    integration: time.integration,
    limit: liveRead,
  });
  const passwords = live.some(({ kind }) => kind === 'password-changed') || hasPasswordRow(read);
  const edits = passwords ? await recordEdits(integration, tools) : unknownEdits;
  const summary: string[] = [];
  for (const { account, told } of read.accounts) {
    if ('known' in told && told.known)
      summary.push(...(await takeAccount(looked, account, told.known, edits)));
  }
  await serviceStates(tools, time, read);
  const { settings } = integration;
  await takeIn(
    tools,
    await eventSilence({ settings, journal: tools.journal, live, time, rows: rowsDue(looked) }),
  );
  await moveMarks(looked);
  const known = knownAccounts(read);
  return {
    rows: known.reduce((sum, { found }) => sum + found.rows.length, 0),
    cut: known.filter(({ found }) => found.cut).map(({ account }) => accountLabel(account)),
    summary,
  };
}

/** More than there are accounts, secrets and services to be in trouble. */
const liveRead = 1_000;

async function takeAccount(
  { tools, integration: { settings }, time, windows }: Looked,
  account: Account,
  { user, rows }: AccountRead,
  edits: RecordEdits,
): Promise<string[]> {
  const { beganAt, seenAt } = time;
  const { since, mark } = windowOf(windows, account, beganAt);
  const recordEditedAt = edits(account);
  const seen = pollObservations({ settings, account, user, rows, since, recordEditedAt, beganAt, seenAt });
  if (mark !== null) {
    await takeIn(tools, [...seen.happened, seen.state]);
    return [];
  }
  const { observations, summary } = foldFirstPoll(seen.happened, seen.state);
  await takeIn(tools, observations);
  return summary;
}

function hasPasswordRow(read: PollRead): boolean {
  return knownAccounts(read).some(({ found }) =>
    found.rows.some(({ action }) => action === 'password-changed'),
  );
}

function knownAccounts({ accounts }: PollRead): { account: Account; found: AccountRead }[] {
  return accounts.flatMap(({ account, told }) =>
    knownOf([told]).flatMap((found) => (found ? { account, found } : [])),
  );
}

/** The rows that became older than an event may be late since the last poll. A first poll judges none. */
function rowsDue({ read, windows, time: { beganAt } }: Looked) {
  const until = beganAt - eventGraceMs;
  return knownAccounts(read).flatMap(({ account, found }) => {
    const { mark } = windowOf(windows, account, beganAt);
    const due = mark === null ? [] : found.rows.filter(({ at }) => at >= mark - eventGraceMs && at < until);
    return due.map((row) => ({ account, row }));
  });
}

const markOf = (account: Account) => `account ${accountLabel(account)}`;

async function windowsOf(
  { marks }: PollTools,
  { integration, scanAccounts }: Settings,
  beganAt: Instant,
): Promise<Map<string, Window>> {
  const windows = scanAccounts.map(async (account) => {
    const stored = await marks.read(integration, markOf(account));
    const mark = stored !== null && stored > beganAt - firstLookBackMs ? stored : null;
    const since = mark === null ? beganAt - firstLookBackMs : mark - overlapMs;
    return [accountLabel(account), { since, mark }] as const;
  });
  return new Map(await Promise.all(windows));
}

function windowOf(windows: ReadonlyMap<string, Window>, account: Account, beganAt: Instant): Window {
  return windows.get(accountLabel(account)) ?? { since: beganAt - firstLookBackMs, mark: null };
}

async function moveMarks({ tools, time: { integration, beganAt }, read }: Looked): Promise<void> {
  for (const { account } of knownAccounts(read)) {
    await tools.marks.advance(integration, markOf(account), beganAt);
  }
}

async function worked(tools: PollTools, time: LookTime): Promise<void> {
  const seen: Observation = { kind: 'look-worked', ...lookBase(time, 'poll'), beganAt: time.beganAt };
  await takeIn(tools, [seen]);
  await tools.marks.advance(time.integration, 'poll', time.beganAt);
}

async function failed(
  tools: PollTools,
  time: LookTime,
  reason: string,
  refused: string | null = null,
): Promise<PollOutcome> {
  await takeIn(tools, [lookFailed(time, reason, refused === null ? 'poll' : 'login')]);
  return { reason, rows: 0, cut: [], summary: [] };
}
