import { deliverIncident } from '../app/incidents/deliver.ts';
import { enrich } from '../app/incidents/enrich.ts';
import { observe } from '../app/incidents/observe.ts';
import { timerDue } from '../app/incidents/timers.ts';
import type { JobOf } from '../queue/jobs.ts';
import type { JobHandlers, JobOutcome } from '../queue/worker.ts';
import { afterDelivery, waitBefore } from './outcomes.ts';
import type { WorkerTools } from './tools.ts';

type Tools = Pick<WorkerTools, 'incidents' | 'incidentDelivery' | 'integrations' | 'clock' | 'log'>;

const done: JobOutcome = { done: true };

/** An alert is worth many attempts; after this many something is broken that no attempt mends. */
const attemptsAtMost = 30;

/**
 * A delivery that waited for its turn was an attempt as well. From here on the wait stays at 16 s, so that a chat which
 * fails once after a busy minute is tried again soon.
 */
const slowestAttempt = 5;

/** How soon a delivery that found somebody else at its card looks again. */
const busyMs = 200;

/** Enrichment is to stand on the card within seconds: what has not answered by then is a gap. */
const enrichDeadlineMs = 20_000;

type Kinds = 'observe' | 'timer' | 'enrich' | 'incident-deliver';

export function incidentHandlers(tools: Tools): Pick<JobHandlers, Kinds> {
  return {
    observe: ({ observation }, attempt) => again(tools, attempt, () => observe(tools.incidents, observation)),
    timer: (job, attempt) => again(tools, attempt, () => timerDue(tools.incidents, job)),
    enrich: (job, attempt) => again(tools, attempt, () => handleEnrich(tools, job)),
    'incident-deliver': (job, attempt) => handleDeliver(tools, job, attempt),
  };
}

/** Losing an alert is worse than trying once too often: a failure is logged, and the job done again. */
async function again(tools: Tools, attempt: number, work: () => Promise<unknown>): Promise<JobOutcome> {
  try {
    await work();
    return done;
  } catch (error) {
    if (attempt >= attemptsAtMost) throw error;
    tools.log.error({ error, attempt }, 'incident job failed, it is done again');
    return { againInMs: waitBefore(attempt, null) };
  }
}

async function handleEnrich(tools: Tools, { incidentId }: JobOf<'enrich'>): Promise<void> {
  const incident = await tools.incidents.incidents.load(incidentId);
  const integration = tools.integrations.find(
    ({ settings }) => settings.integration === incident?.integration,
  );
  if (integration) await enrich(tools.incidents, integration, { incidentId, deadlineMs: enrichDeadlineMs });
}

async function handleDeliver(
  tools: Tools,
  { incidentId, createdAt }: JobOf<'incident-deliver'>,
  attempt: number,
): Promise<JobOutcome> {
  const delivered = await deliverIncident(tools.incidentDelivery, incidentId);
  if (delivered.outcome === 'busy') return { againInMs: busyMs };
  const ageMs = tools.clock.now() - createdAt;
  const outcome = afterDelivery(delivered, { attempt: Math.min(attempt, slowestAttempt), ageMs });
  if (outcome.lost) tools.log.error({ incidentId, reason: outcome.lost }, 'incident could not be shown');
  return outcome;
}
