import { audit } from '../app/audit.ts';
import type { Integration } from '../app/integration.ts';
import { verify } from '../app/verify.ts';
import type { Job, JobOf } from '../queue/jobs.ts';
import type { JobHandlers, JobOutcome } from '../queue/worker.ts';
import { answer } from './answer.ts';
import { incidentHandlers } from './incident-handlers.ts';
import { afterDelivery } from './outcomes.ts';
import { progressKept } from './progress-kept.ts';
import { seenByHand } from './seen-by-hand.ts';
import type { WorkerTools } from './tools.ts';
import { verifyAll } from './verify-all.ts';
import { watchHandlers } from './watch-handlers.ts';

const done: JobOutcome = { done: true };

/** How often the message about a batch is brought up to date while results come in. */
const batchRefreshMs = 2_000;

/** One handler per kind. Each can be run again after a kill at any point: what is stored already is not done twice. */
export function jobHandlers(tools: WorkerTools): JobHandlers {
  return {
    verify: (job, attempt) => handleVerify(tools, job, attempt),
    'verify-all': async (job) => {
      const tell = () =>
        answer(tools, job.to, { type: 'batch', batchId: job.batchId }, `batch:${job.batchId}`);
      await verifyAll(tools, job, tell);
      return done;
    },
    audit: (job) => handleAudit(tools, job),
    deliver: (job, attempt) => handleDeliver(tools, job, attempt),
    ...incidentHandlers(tools),
    ...watchHandlers(tools),
  };
}

async function handleVerify(tools: WorkerTools, job: JobOf<'verify'>, attempt: number): Promise<JobOutcome> {
  const isDone = attempt > 1 && (await tools.records.reports.load(job.runId)) !== null;
  if (!isDone) {
    const integration = tools.integrations.find(({ settings }) => settings.integration === job.integration);
    if (!integration) return tellTrouble(tools, job, unconfigured(job.integration));
    await verifyOne(tools, job, integration);
  }
  await answer(tools, job.to, { type: 'report', runId: job.runId }, `report:${job.runId}`);
  return done;
}

/** The configuration was changed while the job waited. */
function unconfigured(integration: string): string {
  return `The integration "${integration}" is not configured any more, so nothing was looked at. Run it again with the word in and the name of another one.`;
}

/** Gathers, judges and stores. What goes to Redis goes there at once. */
async function verifyOne(
  tools: WorkerTools,
  { runId, secret, integration: name }: JobOf<'verify'>,
  integration: Integration,
): Promise<void> {
  const { reports, knownSecrets, progress } = tools.records;
  const kept = progressKept(progress, runId);
  try {
    const [verified] = await verify({
      ...tools,
      integration,
      runs: [{ runId, secret }],
      onWaiting: kept.waiting,
    });
    if (!verified) throw new Error('A run ended without a report.');
    const { report } = verified;
    await seenByHand(tools, report);
    const exists = report.subject.secretId !== null;
    await Promise.all([reports.save(report), exists && knownSecrets.remember(name, [secret])]);
    tools.log.info({ runId, overall: report.overall, calls: report.calls }, 'run finished');
  } finally {
    await kept.ended();
  }
}

async function handleAudit(tools: WorkerTools, job: JobOf<'audit'>): Promise<JobOutcome> {
  if ((await tools.records.audits.load(job.auditId)) === null) {
    const integration = tools.integrations.find(({ settings }) => settings.integration === job.integration);
    if (!integration) return tellTrouble(tools, job, unconfigured(job.integration));
    const { subject, sinceMs, auditId } = job;
    const found = await audit({
      integration,
      subject,
      sinceMs,
      auditId,
      clock: tools.clock,
      deadlineMs: tools.deadlineMs,
    });
    await tools.records.audits.save(found);
  }
  await answer(tools, job.to, { type: 'audit', auditId: job.auditId }, `audit:${job.auditId}`);
  return done;
}

async function handleDeliver(
  tools: WorkerTools,
  job: JobOf<'deliver'>,
  attempt: number,
): Promise<JobOutcome> {
  const { deliveryId, content, to, createdAt } = job;
  const delivered = await tools.notifier.deliver({ deliveryId, content, to, createdAt });
  const outcome = afterDelivery(delivered, { attempt, ageMs: tools.clock.now() - createdAt });
  if (outcome.lost)
    tools.log.error({ deliveryId, content, reason: outcome.lost }, 'answer could not be delivered');
  if (!('done' in outcome) || outcome.lost || content.type !== 'batch') return outcome;
  const batch = await tools.records.batches.load(content.batchId);
  return batch !== null && batch.finishedAt === null ? { againInMs: batchRefreshMs } : done;
}

async function tellTrouble(tools: WorkerTools, job: AskedJob, text: string): Promise<JobOutcome> {
  const reference = referenceOf(job);
  await answer(tools, job.to, { type: 'trouble', reference, text }, `trouble:${reference}`);
  return done;
}

/** The person who asked is told when a job is given up: silence would look like "still running". */
export async function onAbandoned(tools: WorkerTools, job: Job, reason: string): Promise<void> {
  tools.log.error({ kind: job.kind, reference: referenceOf(job), reason }, 'job given up');
  if (!isAsked(job)) return;
  await tellTrouble(
    tools,
    job,
    'This could not be finished: Vaultcheck met a problem of its own. Nothing is known of the result; please run it again.',
  );
}

/** Jobs that a person waits for. */
type AskedJob = JobOf<'verify' | 'verify-all' | 'audit'>;

function isAsked(job: Job): job is AskedJob {
  return job.kind === 'verify' || job.kind === 'verify-all' || job.kind === 'audit';
}

function referenceOf(job: Job): string {
  switch (job.kind) {
    case 'verify':
      return job.runId;
    case 'verify-all':
      return job.batchId;
    case 'audit':
      return job.auditId;
    case 'deliver':
      return job.deliveryId;
    case 'observe':
      return job.observation.integration;
    case 'poll':
    case 'watch':
      return job.integration;
    default:
      return job.incidentId;
  }
}
