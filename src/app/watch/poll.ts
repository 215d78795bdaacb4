import type { Incident } from '../../domain/incident.ts';
import { dayMs } from '../../domain/instant.ts';
import type { Observation } from '../../domain/observation.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import type { Account } from '../../domain/settings.ts';
import { knownOf } from '../../domain/told.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Listening } from '../../ports/listening.ts';
import type { Integration } from '../integration.ts';
import { toldOf } from '../told.ts';
import { type DirectoryPasswords, directoryPasswords } from './directory-passwords.ts';
import { eventGraceMs, eventSilence } from './event-silence.ts';
import { type LookTime, type LookTools, lookBase, lookFailed, takeIn } from './look.ts';
import { takeAccount } from './poll-account.ts';
import { type AccountRead, type PollRead, readForPoll } from './poll-reading.ts';
import { moveMark, type Teller, type Window, windowsOf } from './poll-windows.ts';
import { recordEdits, unknownEdits } from './record-edits.ts';
import { serviceStates } from './service-states.ts';

export type PollTools = LookTools & {
  journal: Pick<Journal, 'read' | 'lastEvent'>;
  listening: Pick<Listening, 'spans'>;
};

/**
 * `reason`: why something could not be read; null when all could. `unread`: what else was not told, which keeps nobody
 * from seeing. `summary`: what a first poll found to be over. `live`: the incidents about logins that are not resolved.
 */
export type PollOutcome = {
  reason: string | null;
  rows: number;
  unread: string[];
  summary: string[];
  live: string[];
};

/**
 * Looks at all scan accounts of an integration and takes in what it sees: of each account first what happened, then how
 * it stands. Marks move when all is stored, so a poll that died is made up for by the next; rows that are read again
 * are known again. A trail with a hole moves no mark and is a failed look. Rejects for a bug of ours, or when nothing
 * can be stored.
 */
export async function poll(tools: PollTools, integration: Integration): Promise<PollOutcome> {
  const { settings } = integration;
  const beganAt = tools.clock.now();
  const windows = await windowsOf(tools.marks, settings, beganAt);
  const startOf = (account: Account) => {
    const whole = windows('account', account).since;
    return { start: Math.min(beganAt - dayMs, whole), whole };
  };
  const [told, passwords] = await Promise.all([
    toldOf(readForPoll(integration, tools, startOf)),
    directoryPasswords(integration, tools),
  ]);
  const time = { integration: settings.integration, beganAt, seenAt: tools.clock.now() };
  if ('gap' in told) return failed(tools, time, told.gap.detail);
  const looked = { tools, integration, time, windows, read: told.known, passwords };
  const taken = await takeAll(looked);
  const reason = reasonOf(told.known);
  if (reason !== null) return { ...(await failed(tools, time, reason, told.known.refused)), ...taken };
  await worked(tools, time);
  return { reason, ...taken };
}

type Looked = {
  tools: PollTools;
  integration: Integration;
  time: LookTime;
  windows: (teller: Teller, account: Account) => Window;
  read: PollRead;
  passwords: DirectoryPasswords;
};

async function takeAll(looked: Looked): Promise<Omit<PollOutcome, 'reason'>> {
  const { tools, integration, time, read, passwords } = looked;
  const live = await liveIncidents(looked);
  const known = knownAccounts(read);
  const edits = asksForEdits(looked, live) ? await recordEdits(integration, tools) : unknownEdits;
  const summary: string[] = [];
  for (const { account, found } of known) {
    const given = {
      account,
      found,
      settings: integration.settings,
      window: looked.windows('account', account),
      directory: { told: passwords(account), since: looked.windows('directory', account).since },
      recordEditedAt: edits(account),
    };
    summary.push(...(await takeAccount(tools, time, given)));
  }
  await serviceStates(tools, time, read);
  const { journal, listening } = tools;
  const asked = { settings: integration.settings, journal, listening, live, time, rows: rowsDue(looked) };
  await takeIn(tools, await eventSilence(asked));
  await moveMarks(looked);
  return {
    rows: known.reduce((sum, { found }) => sum + found.rows.length, 0),
    unread: known.flatMap(({ account }) => unreadOf(passwords, account)),
    summary,
    live: (await liveIncidents(looked)).filter(isAboutLogins).map(({ id }) => id),
  };
}

/** More than there are accounts, secrets and services to be in trouble. */
const liveRead = 1_000;

function liveIncidents({ tools, time: { integration } }: Looked): Promise<Incident[]> {
  const states = ['open', 'acknowledged', 'snoozed'] as const;
  return tools.incidents.incidents.list({ states, integration, limit: liveRead });
}

function isAboutLogins({ kind }: Incident): boolean {
  return kind === 'account-locked' || kind === 'login-failing' || kind === 'password-changed';
}

/** Qualys is asked only where a changed password makes its records matter. */
function asksForEdits({ read, passwords, windows }: Looked, live: readonly Incident[]): boolean {
  if (live.some(({ kind }) => kind === 'password-changed')) return true;
  return knownAccounts(read).some(({ account, found }) => {
    const { since } = windows('directory', account);
    const [setAt = null] = knownOf([passwords(account)]);
    return (
      (setAt !== null && setAt >= since) || found.rows.some(({ action }) => action === 'password-changed')
    );
  });
}

function unreadOf(passwords: DirectoryPasswords, account: Account): string[] {
  const told = passwords(account);
  return 'gap' in told ? [`${accountLabel(account)}: ${told.gap.detail}`] : [];
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
    const { mark } = windows('account', account);
    const due = mark === null ? [] : found.rows.filter(({ at }) => at >= mark - eventGraceMs && at < until);
    return due.map((row) => ({ account, row }));
  });
}

/** Why not all accounts could be read as far back as the last poll. */
function reasonOf({ accounts }: PollRead): string | null {
  for (const { account, told } of accounts) {
    if ('gap' in told) return `${accountLabel(account)}: ${told.gap.detail}`;
    if (told.known?.cut) {
      const read = told.known.rows.length;
      return `${accountLabel(account)}: its audit has more new rows than are read (${read}), so older ones are not known.`;
    }
  }
  return null;
}

async function moveMarks({ tools: { marks }, time, read, passwords }: Looked): Promise<void> {
  for (const { account, found } of knownAccounts(read)) {
    if (!found.cut) await moveMark(marks, time, 'account', account);
    if ('known' in passwords(account)) await moveMark(marks, time, 'directory', account);
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
  return { reason, rows: 0, unread: [], summary: [], live: [] };
}
