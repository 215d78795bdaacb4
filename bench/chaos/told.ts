import type { Incident } from '../../src/domain/incident.ts';
import { threadGroups } from '../../src/domain/incident-timeline.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';
import type { Place } from './place.ts';

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
  /** Thread lines beyond one for each delivery. */
  secondLines: number;
  /** Cards that show an older state than is stored. */
  stale: number;
};

const all = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;

const payloadOf = ({ metadata }: Message) =>
  (metadata?.['event_payload'] ?? {}) as { id?: string; delivery?: string };

export async function toldOf({ incidents, slack, accounts }: Place): Promise<Told> {
  const stored = (await incidents.list({ states: all, limit: 10_000 })).filter(
    ({ kind }) => kind === 'account-locked',
  );
  const cards = slack.messages('alerts').filter(({ thread }) => thread === undefined);
  const replies = cards.flatMap((card) => slack.replies(card));
  const states = await Promise.all(stored.map((one) => stateOf(one, { incidents }, cards)));
  const of = (account: string) => stored.filter((one) => one.account === account);
  const unnamed = new Set(states.filter(({ named }) => !named).map(({ account }) => account));
  return {
    lost: accounts.filter((account) => of(account).length === 0),
    twice: accounts.filter((account) => of(account).length > 1),
    unnamed: accounts.filter((account) => unnamed.has(account)),
    cards: cards.length,
    secondCards: beyondOne(cards),
    threadsLacking: states.filter(({ lacking }) => lacking).length,
    secondLines: beyondOne(replies),
    stale: states.filter(({ stale }) => stale).length,
  };
}

async function stateOf(
  incident: Incident,
  { incidents }: Pick<Place, 'incidents'>,
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
  const name = incident.account?.split('\\').at(-1) ?? '';
  return {
    account: incident.account ?? '',
    named: shown !== undefined && JSON.stringify([shown.text, shown.blocks]).includes(name),
    lacking: threadGroups(lines).length > 0,
    stale: card === null || card.version < standing.reduce((sum, one) => sum + one.version, 0),
  };
}

/** How many messages of one delivery there are beyond the first. */
function beyondOne(messages: readonly Message[]): number {
  return messages.length - new Set(messages.map((one) => payloadOf(one).delivery ?? one.ts)).size;
}

const quietMs = 2_000;

/** Waits until everything stored is told and nothing changes any more. Says what is left when the time is up. */
export async function settled(place: Place, withinMs: number): Promise<Told> {
  const giveUpAt = Date.now() + withinMs;
  let quietSince: number | null = null;
  for (;;) {
    const told = await toldOf(place);
    const rest =
      told.lost.length +
      told.unnamed.length +
      told.threadsLacking +
      told.stale +
      (await place.incidents.pending(1)).length;
    if (rest > 0) quietSince = null;
    else quietSince ??= Date.now();
    if (Date.now() > giveUpAt || (quietSince !== null && Date.now() - quietSince > quietMs)) return told;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
