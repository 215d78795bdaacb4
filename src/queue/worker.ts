import { type Job as BullJob, DelayedError, UnrecoverableError, Worker } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Job, JobKind, JobOf } from './jobs.ts';
import { type Lane, queueName } from './lanes.ts';
import { readJob } from './read-job.ts';

/** How a job ended: done, or to be done again no sooner than `againInMs`. Throwing is for bugs: such a job is given up. */
export type JobOutcome = { done: true } | { againInMs: number };

/** `attempt` counts from 1 and goes on over restarts. `dueAt`: when it was to begin, which may be long ago in a backlog. */
export type JobHandler<K extends JobKind> = (
  job: JobOf<K>,
  attempt: number,
  dueAt: Instant,
) => Promise<JobOutcome>;

/** One for each kind: a kind without a handler does not compile. */
export type JobHandlers = { readonly [K in JobKind]: JobHandler<K> };

type Options = {
  lane: Lane;
  /** A connection that waits for Redis (retries without limit). */
  connection: Redis | Cluster;
  prefix: string;
  concurrency: number;
  handlers: JobHandlers;
  /** Told of every job that will never be done: its handler threw, or its worker died again and again. */
  onAbandoned(job: Job, reason: string): Promise<void>;
  onError(message: string, detail: Record<string, unknown>): void;
  telemetry?: Telemetry;
  /** After this long without a sign of life a job counts as its worker's last, and another worker takes it. */
  lockMs?: number;
};

/**
 * How often a worker may die over one job before the job is taken for the cause. Those that alerts hang on are short, and
 * in a bad hour any of them may be met by many deaths that it did not cause.
 */
const deathsAtMost: { readonly [L in Lane]: number } = {
  work: 3,
  watch: 3,
  poll: 10,
  observe: 50,
  deliver: 50,
};

/** How long a job of a newer version waits for a newer worker before it is looked at again. */
const newerVersionWaitMs = 15_000;

/** A running worker of one lane. `stop` lets jobs finish until the deadline, then leaves them to others. */
export type RunningWorker = { stop(deadlineMs: number): Promise<void> };

export function bullWorker(options: Options): RunningWorker {
  const { lane, connection, prefix, concurrency, lockMs = 10_000 } = options;
  const worker = new Worker<unknown, void, string>(
    queueName(lane),
    (job, token) => run(options, job, token),
    {
      connection,
      prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.max(500, lockMs / 2),
      maxStalledCount: deathsAtMost[lane],
    },
  );
  worker.on('error', (error) => options.onError('worker error', { lane, reason: error.message }));
  worker.on('failed', (job, error) => {
    abandon(options, job, error.message).catch((failure: unknown) =>
      options.onError('abandoned job not told', { lane, jobId: job?.id, reason: String(failure) }),
    );
  });
  return { stop: (deadlineMs) => stop(worker, deadlineMs) };
}

async function run(options: Options, bull: BullJob<unknown>, token: string | undefined): Promise<void> {
  const read = readJob(bull.data, Date.now() - bull.timestamp);
  if (read.kind === 'newer') return postpone(bull, newerVersionWaitMs, token);
  if (read.kind === 'unreadable') throw new UnrecoverableError(`unreadable payload: ${read.reason}`);
  const startedAt = Date.now();
  options.telemetry?.jobStarted({
    kind: read.job.kind,
    lagMs: Math.max(0, startedAt - bull.timestamp - bull.delay),
  });
  const finished = (result: 'done' | 'retried' | 'failed') =>
    options.telemetry?.jobFinished({ kind: read.job.kind, result, durationMs: Date.now() - startedAt });
  const handled = handle(options.handlers, read.job, bull);
  const outcome = await handled.catch((error: unknown) => {
    finished('failed');
    options.onError('job failed', { kind: read.job.kind, jobId: bull.id, error });
    throw new UnrecoverableError(error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
  });
  finished('done' in outcome ? 'done' : 'retried');
  if ('againInMs' in outcome) await postpone(bull, outcome.againInMs, token);
}

function handle(handlers: JobHandlers, job: Job, bull: BullJob<unknown>): Promise<JobOutcome> {
  // The table's type pairs each kind with its handler; only the lookup cannot see that.
  const handler = handlers[job.kind] as JobHandler<JobKind>;
  return handler(job, bull.attemptsStarted, bull.timestamp + bull.delay);
}

async function postpone(bull: BullJob<unknown>, afterMs: number, token: string | undefined): Promise<never> {
  await bull.moveToDelayed(Date.now() + afterMs, token);
  throw new DelayedError();
}

async function abandon(options: Options, bull: BullJob<unknown> | undefined, reason: string): Promise<void> {
  const read = readJob(bull?.data, 0);
  options.onError('job abandoned', { lane: options.lane, jobId: bull?.id, reason });
  if (read.kind === 'job') await options.onAbandoned(read.job, reason);
}

async function stop(worker: Worker<unknown, void, string>, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs);
  });
  // Not by closing it: a close that waits for jobs cannot be turned into one that does not.
  const ended = await Promise.race([worker.pause(), deadline]);
  clearTimeout(timer);
  await worker.close(ended === 'late');
}
