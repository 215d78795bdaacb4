import type { Clock } from '../app/clock.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentDispatch } from '../ports/incidents.ts';
import type { Looks } from '../ports/looks.ts';
import type { Job, Producer } from '../queue/jobs.ts';

/** A poll sees a row after the other: what it adds to a thread goes out together. Whatever else is told at once. */
const gatheredMs = 2_000;

/** Effects as jobs. An effect's id makes its job one, however often it is put on its way. */
export function incidentDispatch({
  producer,
  looks,
  clock,
}: {
  producer: Producer;
  looks: Looks;
  clock: Clock;
}): IncidentDispatch {
  const add = (id: string, job: Job, delayMs = 0) =>
    producer.add(job, { id: `incident-effect:${id}`, ...(delayMs > 0 ? { delayMs } : {}) });
  return {
    async dispatch({ id, incidentId, effect }, incident) {
      const { integration, secret } = incident;
      switch (effect.type) {
        case 'deliver': {
          const job = { kind: 'incident-deliver', version: 1, incidentId, createdAt: clock.now() } as const;
          return add(id, job, isSeenAgain(incident) ? gatheredMs : 0);
        }
        case 'enrich':
          return add(id, { kind: 'enrich', version: 1, incidentId });
        case 'timer': {
          const { timer, at: dueAt } = effect;
          return add(id, { kind: 'timer', version: 1, incidentId, timer, dueAt }, dueAt - clock.now());
        }
        case 'look-soon':
          return looks.soon({ integration, look: effect.look, secret, inMs: effect.inMs });
      }
    },
  };
}

/** Whether the last change told of nothing but one more of the same. */
function isSeenAgain({ timeline, updatedAt }: Incident): boolean {
  const last = timeline.at(-1);
  return last?.type === 'seen' && last.at === updatedAt;
}
