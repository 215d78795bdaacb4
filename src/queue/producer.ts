import { type JobsOptions, Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { type Producer, QueueUnavailable } from './jobs.ts';
import { type Lane, laneOf, lanes, queueName } from './lanes.ts';

type Options = {
  /** For a person who waits: a connection that fails at once while Redis is away (offline queue off). */
  connection: Redis | Cluster;
  prefix: string;
  /** How long storing may take before the person is told that nothing was started; null: as long as it takes. */
  timeoutMs?: number | null;
  onError(message: string): void;
};

/** Jobs that are due and that no worker has taken, and how long the oldest has been due. */
export type Backlog = { waiting: number; oldestMs: number };

/** Finished jobs stay an hour, so that a job added twice under one id is stored once; failed ones a week, to be looked at. */
const retention: JobsOptions = {
  attempts: 1,
  removeOnComplete: { age: 3_600, count: 10_000 },
  removeOnFail: { age: 7 * 24 * 3_600, count: 1_000 },
};

/** A producer over BullMQ that would rather say no at once than yes too late. */
export function bullProducer({
  connection,
  prefix,
  timeoutMs = 1_500,
  onError,
}: Options): Producer & { backlog(): Promise<Backlog>; close(): Promise<void> } {
  const queues = Object.fromEntries(lanes.map((lane) => [lane, open(lane)])) as Record<Lane, Queue>;

  function open(lane: Lane): Queue {
    const queue = new Queue(queueName(lane), { connection, prefix, skipWaitingForReady: true });
    queue.on('error', (error) => onError(`queue ${lane}: ${error.message}`));
    return queue;
  }

  return {
    async add(job, { id, delayMs } = {}) {
      const options = {
        ...retention,
        ...(id ? { jobId: jobId(id) } : {}),
        ...(delayMs ? { delay: delayMs } : {}),
      };
      const stored = queues[laneOf[job.kind]].add(job.kind, job, options);
      await (timeoutMs === null ? stored : within(timeoutMs, stored));
    },
    async backlog() {
      const all = await Promise.all(lanes.map((lane) => waitingIn(queues[lane])));
      return {
        waiting: all.reduce((sum, one) => sum + one.waiting, 0),
        oldestMs: Math.max(...all.map((one) => one.oldestMs)),
      };
    },
    async close() {
      await Promise.all(lanes.map((lane) => queues[lane].close()));
    },
  };
}

async function waitingIn(queue: Queue): Promise<Backlog> {
  const [waiting, [oldest]] = await Promise.all([queue.getWaitingCount(), queue.getWaiting(0, 0)]);
  return { waiting, oldestMs: oldest ? Math.max(0, Date.now() - oldest.timestamp - oldest.delay) : 0 };
}

/** BullMQ keeps colons for itself. */
function jobId(id: string): string {
  return id.replaceAll(':', '_');
}

async function within(timeoutMs: number, stored: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  });
  // A job that is stored after all, later than promised, is harmless: whoever asked was told to ask again.
  stored.catch(() => {});
  try {
    await Promise.race([stored, late]);
  } catch (error) {
    throw new QueueUnavailable(
      `The queue could not take the job: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  } finally {
    clearTimeout(timer);
  }
}
