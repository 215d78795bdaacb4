import { GapError } from '../../domain/gap.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentDispatch, Incidents, PendingEffect } from '../../ports/incidents.ts';

type Tools = { incidents: Incidents; dispatch: IncidentDispatch };

const atOnce = 100;

/** Puts the effects of one change on their way, at once and by whoever made it. */
export async function putOnTheirWay(
  { incidents, dispatch }: Tools,
  effects: readonly PendingEffect[],
  incident: Incident | null,
): Promise<void> {
  if (incident) await Promise.all(effects.map((effect) => dispatch.dispatch(effect, incident)));
  await incidents.done(effects.map(({ id }) => id));
}

/**
 * Puts all on its way that is stored and not done yet, each effect at least once: what a process that died left behind.
 * What belongs to an incident that this version cannot read is left for one that can.
 */
export async function flush({ incidents, dispatch }: Tools, olderThanMs = 0): Promise<number> {
  let count = 0;
  for (;;) {
    const waiting = await incidents.pending(atOnce, olderThanMs);
    const foreign: string[] = [];
    for (const one of waiting) {
      const incident = await readIncident(incidents, one.incidentId);
      if (incident === 'unreadable') foreign.push(one.id);
      else if (incident) await dispatch.dispatch(one, incident);
    }
    await incidents.park(foreign);
    await incidents.done(waiting.map(({ id }) => id).filter((id) => !foreign.includes(id)));
    count += waiting.length - foreign.length;
    if (waiting.length < atOnce) return count;
  }
}

async function readIncident(incidents: Incidents, id: string): Promise<Incident | null | 'unreadable'> {
  try {
    return await incidents.load(id);
  } catch (error) {
    if (error instanceof GapError) return 'unreadable';
    throw error;
  }
}
