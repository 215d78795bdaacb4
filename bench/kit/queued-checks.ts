import { randomUUID } from 'node:crypto';
import { keyPrefix } from '../../src/adapters/redis/keys.ts';
import type { Job } from '../../src/queue/jobs.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import type { BenchRedis } from './redis.ts';

/** Checks put into the queue, as a person's command would. */
export type QueuedChecks = {
  /** Checks a second, from the first one queued to the last report stored. */
  workedOff(count: number): Promise<number>;
  close(): Promise<void>;
};

export function queuedChecks(redis: BenchRedis): QueuedChecks {
  const client = redis.connection();
  const producer = bullProducer({
    connection: redis.connection(),
    prefix: keyPrefix,
    onError: () => {},
    timeoutMs: null,
  });
  return {
    async workedOff(count) {
      const runIds = Array.from({ length: count }, () => randomUUID());
      const from = performance.now();
      await Promise.all(runIds.map((runId) => producer.add(checkJob(runId), { id: `verify:${runId}` })));
      const keys = runIds.map((runId) => `${keyPrefix}:report:${runId}`);
      while ((await client.exists(...keys)) < count) await new Promise((resolve) => setTimeout(resolve, 20));
      return (count / (performance.now() - from)) * 1000;
    },
    close: () => producer.close(),
  };
}

/** A check as a person asks for it. */
export function checkJob(runId: string): Job {
  const to = {
    workspace: 'T',
    person: 'U',
    channel: 'C',
    audience: 'person',
    reply: null,
    message: null,
  } as const;
  const askedAt = Date.now();
  return { kind: 'verify', version: 1, runId, integration: 'corp', secret: 'scanadmin', to, askedAt };
}
