import { deliverIncident } from '../app/incidents/deliver.ts';
import { enrich } from '../app/incidents/enrich.ts';
import { observe } from '../app/incidents/observe.ts';
import { timerDue } from '../app/incidents/timers.ts';
import { GapError } from '../domain/gap.ts';
import { dayMs, type Instant } from '../domain/instant.ts';
import type { JobOf } from '../queue/jobs.ts';
import type { JobHandlers, JobOutcome } from '../queue/worker.ts';
import { afterDelivery, waitBefore } from './outcomes.ts';
import type { WorkerTools } from './tools.ts';

type Tools = Pick<WorkerTools, 'incidents' | 'incidentDelivery' | 'integrations' | 'clock' | 'log'>;

const done: JobOutcome = { done: true };

/**
 * An alert is worth many attempts. What fails after this many and a day is broken in a way that no attempt mends. Neither
 * alone says so: a delivery that waited for its turn was an attempt as well, and a reminder is due long after it was made.
 */
const attemptsAtLeast = 30;
const giveUpAfterMs = dayMs;

/**
 * A delivery that waited for its turn was an attempt as well. From here on the wait stays at 16 s, so that a chat which
 * fails once after a busy minute is tried again soon.
 */
const slowestAttempt = 5;

/** How soon a delivery that found somebody else at its card looks again: of a storm of hundreds not all at once. */
const busyMs = 200;
const busyAtMost = 5;

/** Enrichment is to stand on the card within seconds: what has not answered by then is a gap. */
const enrichDeadlineMs = 20_000;

type Kinds = 'observe' | 'timer' | 'enrich' | 'incident-deliver';

export function incidentHandlers(tools: Tools): Pick<JobHandlers, Kinds> {
  return {
    observe: ({ observation }, attempt, dueAt) =>
      again(tools, { attempt, dueAt }, () => then(observe(tools.incidents, observation))),
    timer: (job, attempt, dueAt) =>
      again(tools, { attempt, dueAt }, () => then(timerDue(tools.incidents, job))),
    enrich: (job, attempt, dueAt) => again(tools, { attempt, dueAt }, () => then(handleEnrich(tools, job))),
    'incident-deliver': (job, attempt, dueAt) =>
      again(tools, { attempt, dueAt }, () => handleDeliver(tools, job, attempt)),
  };
}

/** Looks again for a newer worker this often, and for as long as an upgrade may take. */
const newerWorkerMs = 15_000;
const newerWorkerAttempts = 5_760;

/**
 * Losing an alert is worse than trying once too often: a failure is logged, and the job done again. What another version
 * stored and this one cannot read is put back for a worker that can.
 */
async function again(
  tools: Tools,
  { attempt, dueAt }: { attempt: number; dueAt: Instant },
  work: () => Promise<JobOutcome>,
): Promise<JobOutcome> {
  try {
    return await work();
  } catch (error) {
    if (isForeign(error) && attempt < newerWorkerAttempts) {
      if (attempt === 1) tools.log.warn({ gap: error.gap }, 'incident job put back for a newer worker');
      return { againInMs: newerWorkerMs };
    }
    if (attempt >= attemptsAtLeast && tools.clock.now() - dueAt > giveUpAfterMs) throw error;
    tools.log.error({ error, attempt }, 'incident job failed, it is done again');
    return { againInMs: waitBefore(attempt, null) };
  }
}

function isForeign(error: unknown): error is GapError {
  return error instanceof GapError && error.gap.source === 'vaultcheck' && error.gap.cause === 'malformed';
}

async function then(work: Promise<unknown>): Promise<JobOutcome> {
  await work;
  return done;
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
  if (delivered.outcome === 'busy') return { againInMs: busyMs * Math.min(attempt, busyAtMost) };
  const ageMs = tools.clock.now() - createdAt;
  const outcome = afterDelivery(delivered, { attempt: Math.min(attempt, slowestAttempt), ageMs });
  if (outcome.lost) tools.log.error({ incidentId, reason: outcome.lost }, 'incident could not be shown');
  return outcome;
}
