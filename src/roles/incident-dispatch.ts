import type { Clock } from '../app/clock.ts';
import type { IncidentDispatch } from '../ports/incidents.ts';
import type { Looks } from '../ports/looks.ts';
import type { Job, Producer } from '../queue/jobs.ts';

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
    async dispatch({ id, incidentId, effect }, { integration, secret }) {
      switch (effect.type) {
        case 'deliver':
          return add(id, { kind: 'incident-deliver', version: 1, incidentId, createdAt: clock.now() });
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
