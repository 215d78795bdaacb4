import type { Incident } from '../../domain/incident.ts';
import { threadGroups } from '../../domain/incident-timeline.ts';
import type { IncidentNotifier, IncidentView } from '../../ports/incident-notifier.ts';
import type { CardMessage, Incidents } from '../../ports/incidents.ts';
import type { Delivered } from '../../ports/notifier.ts';
import type { Once } from '../../ports/records.ts';

export type DeliverTools = { incidents: Incidents; notifier: IncidentNotifier; once: Once };

/** Longer than any call to a chat lasts: a process that died over a card gives it up after this. */
const turnMs = 30_000;

/**
 * Brings the chat into line with an incident: its card, and the lines that its thread lacks. One at a time for each
 * card. What is done is written down after each step, so that a repeat does only what is left; an incident that changed
 * meanwhile is gone through again. `busy`: somebody else is at this card, try again at once.
 */
export async function deliverIncident(
  tools: DeliverTools,
  id: string,
): Promise<Delivered | { outcome: 'busy' }> {
  const { incidents, once } = tools;
  const incident = await incidents.load(id);
  if (incident === null) return { outcome: 'nothing-to-tell' };
  const leader = (incident.storm !== null && (await incidents.load(incident.storm))) || incident;
  const turn = `incident-card:${leader.id}`;
  if (!(await once.claim(turn, turnMs))) return { outcome: 'busy' };
  try {
    return await inLine(tools, leader, id);
  } finally {
    await once.release(turn);
  }
}

async function inLine(tools: DeliverTools, { id: leaderId }: Incident, id: string): Promise<Delivered> {
  for (;;) {
    // Read again now that it is our turn: what was read before it may be older than what stands in the chat.
    const [leader, incident] = await Promise.all([tools.incidents.load(leaderId), tools.incidents.load(id)]);
    if (!leader || !incident) return { outcome: 'nothing-to-tell' };
    const storm = await tools.incidents.storm(leaderId);
    const card = await bringCard(tools, { incident: leader, storm: storm.length > 1 ? storm : [leader] });
    if (!('handle' in card)) return card;
    const told = await bringThread(tools, { incident, storm: [incident] }, card);
    if (told.outcome !== 'delivered') return told;
    const latest = await tools.incidents.load(id);
    if (latest === null || latest.version === incident.version) return told;
  }
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
  const now = { handle: sent.handle, version, told: before?.told ?? 0 };
  await incidents.saveMessage(id, now);
  return now;
}

async function bringThread(
  { incidents, notifier }: DeliverTools,
  view: IncidentView,
  { handle }: CardMessage,
): Promise<Delivered> {
  const { id, version, timeline } = view.incident;
  const before = await incidents.message(id);
  const lacking = timeline.filter(({ seq }) => seq > (before?.told ?? 0));
  for (const entries of threadGroups(lacking)) {
    const last = entries.at(-1);
    if (!last) continue;
    const sent = await notifier.thread({
      deliveryId: `incident:${id}:${last.seq}`,
      view,
      card: handle,
      entries,
      broadcast: entries.some(({ tell }) => tell === 'broadcast'),
      mention: entries.some(({ tell }) => tell === 'mention'),
    });
    if (sent.outcome !== 'delivered') return sent;
    const message = (await incidents.message(id)) ?? { handle, version, told: 0 };
    await incidents.saveMessage(id, { ...message, told: last.seq });
  }
  return { outcome: 'delivered' };
}
