import type { Incident } from '../../src/domain/incident.ts';
import { threadGroups } from '../../src/domain/incident-timeline.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';
import { eventTypes } from '../../src/slack/ids.ts';
import type { Place } from './place.ts';
import { threadOf } from './threads.ts';

/** What the chat shows of the lockouts, beside what is stored. */
export type Told = {
  /** Accounts without an incident of a lockout. */
  lost: string[];
  /** Accounts whose incident stands on no card, or not in its words. */
  unnamed: string[];
  /** Accounts of several incidents. */
  twice: string[];
  cards: number;
  /** Messages in the channel beyond one for each incident with a card. */
  secondCards: number;
  /** Incidents with lines that their thread lacks. */
  threadsLacking: number;
  /** Lines that a thread holds beyond those of the timeline. */
  secondLines: number;
  /** Cards that show an older state than is stored. */
  stale: number;
  /** Effects that are stored and not on their way. */
  pending: number;
};

const all = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;

const payloadOf = ({ metadata }: Message) =>
  (metadata?.['event_payload'] ?? {}) as { id?: string; delivery?: string };

/** Cards alone: summaries of first looks stand in the channel too. */
export function incidentCards(slack: Place['slack']): Message[] {
  return slack
    .messages('alerts')
    .filter(
      ({ thread, metadata }) => thread === undefined && metadata?.['event_type'] === eventTypes.incident,
    );
}

export async function toldOf({ incidents, slack, accounts }: Place): Promise<Told> {
  const stored = (await incidents.list({ states: all, limit: 10_000 })).filter(
    ({ kind }) => kind === 'account-locked',
  );
  const cards = incidentCards(slack);
  const states = await Promise.all(stored.map((one) => stateOf(one, { incidents, slack }, cards)));
  const of = (account: string) => stored.filter((one) => one.account === account);
  const unnamed = new Set(states.filter(({ named }) => !named).map(({ account }) => account));
  return {
    lost: accounts.filter((account) => of(account).length === 0),
    twice: accounts.filter((account) => of(account).length > 1),
    unnamed: accounts.filter((account) => unnamed.has(account)),
    cards: cards.length,
    secondCards: beyondOne(cards),
    threadsLacking: states.filter(({ lacking }) => lacking).length,
    secondLines: states.reduce((sum, { linesTwice }) => sum + linesTwice, 0),
    stale: states.filter(({ stale }) => stale).length,
    pending: (await incidents.pending(1_000)).length,
  };
}

async function stateOf(
  incident: Incident,
  { incidents, slack }: Pick<Place, 'incidents' | 'slack'>,
  cards: readonly Message[],
) {
  // Where the leader of a storm was never stored, the product gives each of its incidents a card of its own.
  const leads = incident.storm !== null && (await incidents.load(incident.storm)) !== null;
  const leader = leads ? (incident.storm ?? incident.id) : incident.id;
  const [card, own, storm] = await Promise.all([
    incidents.message(leader),
    incidents.message(incident.id),
    incidents.storm(leader),
  ]);
  const standing = storm.length > 1 ? storm : [incident];
  const shown = cards.find(({ ts }) => ts === card?.handle.ts);
  const lines = incident.timeline.filter(({ seq }) => seq > (own?.told ?? 0));
  const thread = threadOf(incident, {
    replies: shown ? slack.replies(shown) : [],
    members: leaderFirst(standing, leader),
  });
  const name = incident.account?.split('\\').at(-1) ?? '';
  return {
    account: incident.account ?? '',
    named: shown !== undefined && JSON.stringify([shown.text, shown.blocks]).includes(name),
    lacking: threadGroups(lines).length > 0 || thread.lacking > 0,
    linesTwice: thread.twice,
    stale: card === null || card.version < standing.reduce((sum, one) => sum + one.version, 0),
  };
}

function leaderFirst(standing: readonly Incident[], leader: string): Incident[] {
  return [...standing].sort((one, other) => Number(other.id === leader) - Number(one.id === leader));
}

/** How many messages of one delivery there are beyond the first. */
function beyondOne(messages: readonly Message[]): number {
  return messages.length - new Set(messages.map((one) => payloadOf(one).delivery ?? one.ts)).size;
}

const quietMs = 2_000;
/** Nothing came nearer for so long: nothing will. Longer than the queue waits between attempts. */
const stuckMs = 8 * 60_000;
const lookEveryMs = 1_000;

const restOf = ({ lost, unnamed, threadsLacking, stale, pending }: Told) =>
  lost.length + unnamed.length + threadsLacking + stale + pending;

/** Waits until everything stored is told and nothing changes any more, or until nothing moves. */
export async function settled(place: Place): Promise<Told> {
  let quietSince: number | null = null;
  let best = { rest: Number.POSITIVE_INFINITY, at: Date.now() };
  for (;;) {
    const told = await toldOf(place);
    const rest = restOf(told);
    if (rest < best.rest) best = { rest, at: Date.now() };
    if (rest > 0) quietSince = null;
    else quietSince ??= Date.now();
    const [now, since] = [Date.now(), quietSince];
    if ((since !== null && now - since > quietMs) || now - best.at > stuckMs) return told;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Says what the counts do not: who is missing, what only a poll saw, and what the processes complained of. */
export async function tellWhatWasSeen(place: Place, told: Told, tell: (line: string) => void): Promise<void> {
  const { incidents, roles } = place;
  for (const account of told.lost) tell(`lost: ${account}`);
  for (const account of told.unnamed) tell(`on no card: ${account}`);
  tell(`${told.cards} cards, ${told.secondCards} twice; ${told.secondLines} thread lines twice`);
  const late = await foundByPoll(incidents);
  const longestMs = Math.max(0, ...late);
  tell(
    `${late.length} lockouts whose event was lost, found by a poll within ${Math.round(longestMs / 1_000)} s`,
  );
  if (restOf(told) > 0) for (const line of roles.errors().slice(-20)) tell(line.slice(0, 300));
}

/** How long after the lockout each was opened that no event told of. */
async function foundByPoll(incidents: Place['incidents']): Promise<number[]> {
  const stored = await incidents.list({ states: all, limit: 10_000 });
  const times = await Promise.all(
    stored.map(async ({ key, kind, since, openedAt }) => {
      const { recent } = await incidents.record(key);
      const vias = recent.filter((one) => one.kind === 'account-locked').flatMap((one) => one.vias);
      return kind === 'account-locked' && !vias.includes('tcp') ? [openedAt - since] : [];
    }),
  );
  return times.flat();
}
