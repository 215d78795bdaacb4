import { createHash, randomUUID } from 'node:crypto';
import { endRound, fullCheck } from '../app/watch/full-check.ts';
import type { Look } from '../app/watch/look.ts';
import { poll } from '../app/watch/poll.ts';
import type { Instant } from '../domain/instant.ts';
import type { JobOf } from '../queue/jobs.ts';
import type { JobHandlers, JobOutcome } from '../queue/worker.ts';
import { answer } from './answer.ts';
import type { WorkerTools } from './tools.ts';

type WatchTools = Omit<WorkerTools, 'records' | 'notifier' | 'incidentDelivery'> & {
  records: Pick<
    WorkerTools['records'],
    'marks' | 'journal' | 'listening' | 'reports' | 'rounds' | 'knownSecrets' | 'summaries'
  >;
};

const done: JobOutcome = { done: true };

/** What Vaultcheck looks at by itself. A look that failed is not done again: the next one is due anyway. */
export function watchHandlers(tools: WatchTools): Pick<JobHandlers, 'poll' | 'watch'> {
  return {
    poll: (job, _, dueAt) => handlePoll(tools, job, dueAt),
    watch: (job) => handleWatch(tools, job),
  };
}

/** A poll that worked and began after this one was due has seen all that this one was to see: no backlog grows of them. */
async function handlePoll(
  tools: WatchTools,
  { integration: name }: JobOf<'poll'>,
  dueAt: Instant,
): Promise<JobOutcome> {
  const integration = integrationOf(tools, name);
  if (!integration) return done;
  const { marks, journal, listening } = tools.records;
  const lastAt = await marks.read(name, 'poll');
  // One in the future was set before our clock went back, and says nothing.
  if (lastAt !== null && lastAt >= dueAt && lastAt <= tools.clock.now()) return done;
  const { live, ...outcome } = await poll({ ...tools, marks, journal, listening }, integration);
  await report(tools, { look: 'poll', integration: name, ...outcome });
  // What was found out of a cause may be true no more: somebody edited the record, unlocked, failed from elsewhere.
  for (const incidentId of live) await tools.producer.add({ kind: 'enrich', version: 1, incidentId });
  return done;
}

async function handleWatch(
  tools: WatchTools,
  { integration: name, secret }: JobOf<'watch'>,
): Promise<JobOutcome> {
  const integration = integrationOf(tools, name);
  if (!integration) return done;
  const { marks, reports, knownSecrets, rounds } = tools.records;
  const own = { ...tools, marks, reports, knownSecrets, rounds, newId: randomUUID };
  const outcome = await fullCheck(own, integration, secret);
  await report(tools, { look: 'check', integration: name, secret, ...outcome });
  if (secret === null) await endRound(own, name);
  return done;
}

/** A schedule of an integration that is configured no more is taken away when the next process starts. */
function integrationOf({ integrations }: WatchTools, name: string) {
  return integrations.find(({ settings }) => settings.integration === name);
}

type Looked = {
  look: Look;
  integration: string;
  reason: string | null;
  unread?: string[];
  summary: string[];
  secret?: string | null;
};

async function report(tools: WatchTools, { summary, unread = [], ...looked }: Looked): Promise<void> {
  const { log } = tools;
  const { look, integration } = looked;
  if (looked.reason !== null) log.warn(looked, 'look failed');
  else log.debug(looked, 'look worked');
  if (unread.length > 0) log.warn({ look, integration, unread }, 'directory not read');
  if (summary.length === 0) return;
  log.info({ look, integration, summary }, 'what a first look found');
  await tell(tools, { look, integration, lines: summary });
}

/** One message in the channel of the incidents; the same lines, found again after a kill, are the same message. */
async function tell(
  tools: WatchTools,
  { look, integration, lines }: { look: Look; integration: string; lines: string[] },
): Promise<void> {
  const channel = tools.alertsChannel(integration);
  if (channel === null) return;
  const named = createHash('sha256').update(JSON.stringify([look, integration, lines]));
  const summaryId = named.digest('hex').slice(0, 24);
  await tools.records.summaries.save({ summaryId, integration, look, at: tools.clock.now(), lines });
  const nobody = { workspace: '', person: '', reply: null, message: null };
  const to = { ...nobody, channel, audience: 'channel' } as const;
  await answer(tools, to, { type: 'summary', summaryId }, `summary:${summaryId}`);
}
