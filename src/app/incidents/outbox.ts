import { GapError } from '../../domain/gap.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentDispatch, Incidents } from '../../ports/incidents.ts';

type Tools = { incidents: Incidents; dispatch: IncidentDispatch };

const atOnce = 100;

/**
 * Puts what is stored and not done yet on its way, each effect at least once. Whoever changed an incident does it at
 * once; a process that died in between is made up for by anybody's next call. What belongs to an incident that this
 * version cannot read is left for one that can.
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
