import type { IncidentDispatch, Incidents } from '../../ports/incidents.ts';

type Tools = { incidents: Incidents; dispatch: IncidentDispatch };

const atOnce = 100;

/**
 * Puts what is stored and not done yet on its way, each effect at least once. Whoever changed an incident does it at
 * once; a process that died in between is made up for by anybody's next call.
 */
export async function flush({ incidents, dispatch }: Tools, olderThanMs = 0): Promise<number> {
  let count = 0;
  for (;;) {
    const waiting = await incidents.pending(atOnce, olderThanMs);
    for (const one of waiting) {
      const incident = await incidents.load(one.incidentId);
      if (incident) await dispatch.dispatch(one, incident);
    }
    await incidents.done(waiting.map(({ id }) => id));
    count += waiting.length;
    if (waiting.length < atOnce) return count;
  }
}
