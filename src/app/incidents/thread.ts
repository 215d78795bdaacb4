import type { Incident, TimelineEntry } from '../../domain/incident.ts';
import { threadGroups } from '../../domain/incident-timeline.ts';
import { minuteMs } from '../../domain/instant.ts';
import type { IncidentNotifier, ThreadMessage } from '../../ports/incident-notifier.ts';
import type { CardMessage, Incidents } from '../../ports/incidents.ts';
import type { Delivered } from '../../ports/notifier.ts';

type Tools = { incidents: Incidents; notifier: IncidentNotifier };

/** An incident with what its thread lacks, in messages: each a run of lines that go out together. */
type Lacking = { incident: Incident; told: number; groups: TimelineEntry[][] };

/** One message: the same lines of one incident, or of many on the same card. */
type Batch = { entries: TimelineEntry[]; whose: [Whose, ...Whose[]] };

/** Whose lines, and the number of the last. */
type Whose = { incident: Incident; seq: number };

/** A group that was called a moment ago for the same card is not called again for the next of it. */
const calledLatelyMs = 10 * minuteMs;

/**
 * Brings the thread of a card up to date: what all that stand on it lack. What many of a storm have in common (two
 * hundred reminders, one click for all) is one message that names them.
 */
export async function bringThread(
  tools: Tools,
  members: readonly Incident[],
  card: CardMessage,
): Promise<Delivered> {
  const lacking = await Promise.all(members.map((one) => lackingOf(tools.incidents, one)));
  for (const batch of batchesOf(lacking)) {
    const called = lacking.some(({ incident, told }) => calledLately(incident, told, batch));
    const sent = await tools.notifier.thread(messageOf(batch, { members, card, called }));
    if (sent.outcome !== 'delivered') return sent;
    await Promise.all(batch.whose.map((one) => written(tools.incidents, one, card)));
  }
  return { outcome: 'delivered' };
}

async function lackingOf(incidents: Incidents, incident: Incident): Promise<Lacking> {
  const told = (await incidents.message(incident.id))?.told ?? 0;
  return { incident, told, groups: threadGroups(incident.timeline.filter(({ seq }) => seq > told)) };
}

/** The first message of each, the same ones together; then the second of each: the lines of one stay in their order. */
function batchesOf(all: readonly Lacking[]): Batch[] {
  const rounds = Math.max(0, ...all.map(({ groups }) => groups.length));
  return Array.from({ length: rounds }, (_, round) => roundOf(all, round)).flat();
}

function roundOf(all: readonly Lacking[], round: number): Batch[] {
  const batches = new Map<string, Batch>();
  for (const { incident, groups } of all) {
    const entries = groups[round];
    const last = entries?.at(-1);
    if (!entries || !last) continue;
    const same = JSON.stringify(entries.map(({ type, what, by, tell }) => [type, what, by, tell]));
    const one = { incident, seq: last.seq };
    const batch = batches.get(same);
    if (batch) batch.whose.push(one);
    else batches.set(same, { entries, whose: [one] });
  }
  return [...batches.values()];
}

function calledLately(incident: Incident, told: number, { entries }: Batch): boolean {
  const at = entries[0]?.at ?? 0;
  return incident.timeline.some(
    (one) => one.tell === 'mention' && one.seq <= told && at - one.at < calledLatelyMs,
  );
}

type Place = { members: readonly Incident[]; card: CardMessage; called: boolean };

function messageOf({ entries, whose }: Batch, { members, card, called }: Place): ThreadMessage {
  const [{ incident, seq }, ...others] = whose;
  const more = others.length > 0 ? `:and-${others.length}` : '';
  return {
    deliveryId: `incident:${incident.id}:${seq}${more}`,
    incidents: [incident, ...others.map((one) => one.incident)],
    alone: members.length === 1,
    card: card.handle,
    entries,
    broadcast: entries.some(({ tell }) => tell === 'broadcast'),
    mention: !called && entries.some(({ tell }) => tell === 'mention'),
  };
}

async function written(
  incidents: Incidents,
  { incident: { id, version }, seq }: Whose,
  { handle }: CardMessage,
): Promise<void> {
  const before = (await incidents.message(id)) ?? { handle, version, told: 0, shows: {} };
  await incidents.saveMessage(id, { ...before, told: seq });
}
