import { randomUUID } from 'node:crypto';
import { fullCheck } from '../app/watch/full-check.ts';
import { poll } from '../app/watch/poll.ts';
import type { JobOf } from '../queue/jobs.ts';
import type { JobHandlers, JobOutcome } from '../queue/worker.ts';
import type { WorkerTools } from './tools.ts';

const done: JobOutcome = { done: true };

/** What Vaultcheck looks at by itself. A look that failed is not done again: the next one is due anyway. */
export function watchHandlers(tools: WorkerTools): Pick<JobHandlers, 'poll' | 'watch'> {
  return {
    poll: (job) => handlePoll(tools, job),
    watch: (job) => handleWatch(tools, job),
  };
}

async function handlePoll(tools: WorkerTools, { integration: name }: JobOf<'poll'>): Promise<JobOutcome> {
  const integration = integrationOf(tools, name);
  if (!integration) return done;
  const { marks, journal } = tools.records;
  const outcome = await poll({ ...tools, marks, journal }, integration);
  report(tools, { look: 'poll', integration: name, ...outcome });
  return done;
}

async function handleWatch(
  tools: WorkerTools,
  { integration: name, secret }: JobOf<'watch'>,
): Promise<JobOutcome> {
  const integration = integrationOf(tools, name);
  if (!integration) return done;
  const { marks, reports, knownSecrets } = tools.records;
  const own = { ...tools, marks, reports, knownSecrets, newId: randomUUID };
  const outcome = await fullCheck(own, integration, secret);
  report(tools, { look: 'check', integration: name, secret, ...outcome });
  return done;
}

/** A schedule of an integration that is configured no more is taken away when the next process starts. */
function integrationOf({ integrations }: WorkerTools, name: string) {
  return integrations.find(({ settings }) => settings.integration === name);
}

type Looked = {
  look: string;
  integration: string;
  reason: string | null;
  cut?: string[];
  summary: string[];
  secret?: string | null;
};

function report({ log }: WorkerTools, { summary, cut = [], ...looked }: Looked): void {
  const { look, integration } = looked;
  if (looked.reason !== null) log.warn(looked, 'look failed');
  else log.debug(looked, 'look worked');
  if (cut.length > 0) log.warn({ look, integration, accounts: cut }, 'more audit rows than are read');
  if (summary.length > 0) log.info({ look, integration, summary }, 'what a first look found');
}
