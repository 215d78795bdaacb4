import { Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { Job } from './jobs.ts';
import { laneOf, queueName } from './lanes.ts';

/** A job that comes again and again. `id` is what makes it one, however many processes put it there. */
export type Schedule = { id: string; everyMs: number; job: Job };

type Options = {
  connection: Redis | Cluster;
  prefix: string;
  onError(message: string): void;
};

/** The lanes whose schedules are ours to take away. */
const scheduledLanes = ['poll', 'watch'] as const;

/**
 * Puts the schedules into Redis: each job is due once in `everyMs` over all processes, the first at once. What another
 * configuration left there is taken away. Of processes with different configurations the last to start wins.
 */
export async function putSchedules(schedules: readonly Schedule[], options: Options): Promise<void> {
  for (const lane of scheduledLanes) {
    const queue = open(lane, options);
    try {
      await putInto(
        queue,
        schedules.filter(({ job }) => laneOf[job.kind] === lane),
      );
    } finally {
      await queue.close();
    }
  }
}

function open(lane: (typeof scheduledLanes)[number], { connection, prefix, onError }: Options): Queue {
  const queue = new Queue(queueName(lane), { connection, prefix, skipWaitingForReady: true });
  queue.on('error', (error) => onError(`schedules of ${lane}: ${error.message}`));
  return queue;
}

/** An unfinished round is taken up by another worker; one that failed is made up for by the next. */
const jobOptions = {
  attempts: 1,
  removeOnComplete: { count: 100 },
  removeOnFail: { age: 7 * 24 * 3_600, count: 1_000 },
};

async function putInto(queue: Queue, schedules: readonly Schedule[]): Promise<void> {
  const wanted = new Set(schedules.map(({ id }) => id));
  for (const { key } of await queue.getJobSchedulers()) {
    if (!wanted.has(key)) await queue.removeJobScheduler(key);
  }
  for (const { id, everyMs, job } of schedules) {
    await queue.upsertJobScheduler(id, { every: everyMs }, { name: job.kind, data: job, opts: jobOptions });
  }
}
