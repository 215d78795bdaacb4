import { z } from 'zod';
import type { EventFrom } from '../domain/attribution.ts';
import { eventObservations, journalEntries } from '../domain/event-observations.ts';
import { JournalEntry } from '../domain/journal-entry.ts';
import { Observation } from '../domain/observation.ts';
import type { Settings } from '../domain/settings.ts';
import type { VaultEvent } from '../domain/vault-event.ts';
import type { Journal } from '../ports/journal.ts';

/** What is made of one event: what it may mean, and what is kept of it. Plain JSON: it may lie on disk for a while. */
export const Taken = z.strictObject({ observations: z.array(Observation), entries: z.array(JournalEntry) });
export type Taken = z.infer<typeof Taken>;

/**
 * What was kept on disk, as a line. Null for one that cannot be read: half of it after a kill, or another version's.
 * It must not stand in the way of those behind it.
 */
export function takenOfLine(line: string): Taken | null {
  try {
    return Taken.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Null for an event of nobody's Secret Server, as most are in a busy company. */
export function takenFrom(event: VaultEvent, from: EventFrom, all: readonly Settings[]): Taken | null {
  const observations = eventObservations(event, from, all);
  const entries = journalEntries(event, from, all);
  return observations.length + entries.length > 0 ? { observations, entries } : null;
}

/** Where events go. */
export type EventSink = { journal: Pick<Journal, 'write'>; observe(observation: Observation): Promise<void> };

/** Hands an event in. May be called again with the same: it is known again. */
export async function handIn(sink: EventSink, { observations, entries }: Taken): Promise<void> {
  for (const observation of observations) await sink.observe(observation);
  if (entries.length > 0) await sink.journal.write(entries);
}
