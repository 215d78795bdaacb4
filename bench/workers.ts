import { randomUUID } from 'node:crypto';
import { keyPrefix } from '../src/adapters/redis/keys.ts';
import { bullProducer } from '../src/queue/producer.ts';
import { corpFolder } from './kit/corp.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { build } from './kit/process.ts';
import { type BenchRedis, benchRedis, noRedis } from './kit/redis.ts';
import { startedService } from './kit/service.ts';
import { benchWorld } from './kit/world.ts';

/** A worker waits most of the time: it asks ten things at once, and each answer is late. */
const delayMs = 150;
const jobs = 40;

/** The work that one more worker process adds, for checks whose time is spent waiting for Secret Server. */
export const workers: Measure = {
  name: 'workers',
  title: `${jobs} checks by two worker processes, every answer of Secret Server ${delayMs} ms late`,
  peer: 'the same checks by one worker process',
  rounds: 3,
  async take(rounds) {
    build();
    const redis = await benchRedis();
    if (!redis) return noRedis;
    const world = await benchWorld({ slack: true });
    await world.delay(delayMs);
    const files = await corpFolder(world);
    const producer = bullProducer({
      connection: redis.connection(),
      prefix: keyPrefix,
      onError: () => {},
      timeoutMs: null,
    });
    const start = () => startedService({ world, redis, files }, 'worker');
    const first = await start();
    await workedOff(redis, producer, 10);
    const one = await inRounds(rounds, () => workedOff(redis, producer, jobs));
    const second = await start();
    await workedOff(redis, producer, 20);
    const two = await inRounds(rounds, () => workedOff(redis, producer, jobs));
    await Promise.all([first.stop(), second.stop()]);
    await producer.close();
    await world.close();
    await redis.close();
    await files.remove();
    return {
      figures: [
        {
          what: 'throughput',
          unit: 'checks/s',
          ours: two,
          peer: one,
          compare: 'ratio',
          aim: { atLeast: 1.8 },
        },
      ],
    };
  },
};

/** Checks a second, from the first one queued to the last report stored. */
async function workedOff(
  redis: BenchRedis,
  producer: ReturnType<typeof bullProducer>,
  count: number,
): Promise<number> {
  const runIds = Array.from({ length: count }, () => randomUUID());
  const client = redis.connection();
  const from = performance.now();
  await Promise.all(runIds.map((runId) => producer.add(jobOf(runId), { id: `verify:${runId}` })));
  const keys = runIds.map((runId) => `${keyPrefix}:report:${runId}`);
  while ((await client.exists(...keys)) < count) await new Promise((resolve) => setTimeout(resolve, 20));
  return (count / (performance.now() - from)) * 1000;
}

function jobOf(runId: string) {
  const to = {
    workspace: 'T',
    person: 'U',
    channel: 'C',
    audience: 'person',
    reply: null,
    message: null,
  } as const;
  return {
    kind: 'verify',
    version: 1,
    runId,
    integration: 'corp',
    secret: 'scanadmin',
    to,
    askedAt: Date.now(),
  } as const;
}
