import type { Incident } from '../../domain/incident.ts';
import { threadGroups } from '../../domain/incident-timeline.ts';
import type { IncidentNotifier, IncidentView } from '../../ports/incident-notifier.ts';
import type { CardMessage, Incidents } from '../../ports/incidents.ts';
import type { Delivered } from '../../ports/notifier.ts';
import type { FreeTurns } from '../../ports/turns.ts';
import { bringThread } from './thread.ts';

export type DeliverTools = { incidents: Incidents; notifier: IncidentNotifier; turns: FreeTurns };

/** Somebody else is at this card: try again at once. */
const busy = { outcome: 'busy' } as const;
const nothing = { outcome: 'nothing-to-tell' } as const;

/**
 * Brings the chat into line with an incident: its card, and the lines that its thread lacks. One at a time for each
 * card. What is done is written down after each step, so that a repeat does only what is left; an incident that changed
 * meanwhile is gone through again.
 */
export async function deliverIncident(
  tools: DeliverTools,
  id: string,
): Promise<Delivered | { outcome: 'busy' }> {
  const { incidents, turns } = tools;
  const incident = await incidents.load(id);
  if (incident === null) return nothing;
  const leader = await leaderOf(incidents, incident);
  if (await isTold(incidents, incident, leader)) return { outcome: 'delivered' };
  return (await turns.take(`incident-card:${leader}`, (lost) => inLine(tools, { leader, id }, lost))) ?? busy;
}

async function leaderOf(incidents: Incidents, { id, storm }: Incident): Promise<string> {
  const leads = storm !== null && storm !== id && (await incidents.load(storm)) !== null;
  return leads ? storm : id;
}

/** Of a storm one delivery shows all: the others see here that nothing is left for them, without the work of looking. */
async function isTold(
  incidents: Incidents,
  { id, version, timeline }: Incident,
  leader: string,
): Promise<boolean> {
  const card = await incidents.message(leader);
  if ((card?.shows[id] ?? 0) < version) return false;
  const told = (leader === id ? card : await incidents.message(id))?.told ?? 0;
  return threadGroups(timeline.filter(({ seq }) => seq > told)).length === 0;
}

type Shown = { leader: string; id: string };

async function inLine(
  tools: DeliverTools,
  shown: Shown,
  lost: AbortSignal,
): Promise<Delivered | { outcome: 'busy' }> {
  for (;;) {
    // Read again now that it is our turn: what was read before it may be older than what stands in the chat.
    const incident = await tools.incidents.load(shown.id);
    const done = incident ? await showOnce(tools, shown.leader, lost) : nothing;
    if (done.outcome !== 'delivered') return done;
    const latest = await tools.incidents.load(shown.id);
    if (latest === null || latest.version === incident?.version) return done;
  }
}

/** `lost`: the turn ran out while this process stood still, and somebody else may have shown something newer. */
async function showOnce(
  tools: DeliverTools,
  leaderId: string,
  lost: AbortSignal,
): Promise<Delivered | { outcome: 'busy' }> {
  const leader = await tools.incidents.load(leaderId);
  if (leader === null) return nothing;
  const storm = await tools.incidents.storm(leaderId);
  if (lost.aborted) return busy;
  const members = storm.length > 1 ? storm : [leader];
  const card = await bringCard(tools, { incident: leader, storm: members });
  if (!('handle' in card)) return card;
  return lost.aborted ? busy : bringThread(tools, members, card);
}

/** The versions of all that stand on a card, together: any of them changed makes it rise. */
function versionOf({ incident, storm }: IncidentView): number {
  const others = storm.filter((one) => one.id !== incident.id);
  return others.reduce((sum, one) => sum + one.version, incident.version);
}

async function bringCard(
  { incidents, notifier }: DeliverTools,
  view: IncidentView,
): Promise<CardMessage | Exclude<Delivered, { outcome: 'delivered' }>> {
  const { id } = view.incident;
  const before = await incidents.message(id);
  const version = versionOf(view);
  if (before && before.version >= version) return before;
  const sent = await notifier.card(view, before?.handle ?? null);
  if (sent.outcome !== 'delivered') return sent;
  const shows = Object.fromEntries([view.incident, ...view.storm].map((one) => [one.id, one.version]));
  const now = { handle: sent.handle, version, told: before?.told ?? 0, shows };
  await incidents.saveMessage(id, now);
  return now;
}
