import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { checks } from '../src/checks/index.ts';
import { openLog } from '../src/ops/log.ts';
import { openMetrics } from '../src/ops/metrics.ts';
import type { Producer } from '../src/queue/jobs.ts';
import { bullProducer } from '../src/queue/producer.ts';
import { bullWorker } from '../src/queue/worker.ts';
import { jobHandlers } from '../src/roles/handlers.ts';
import { openRecords } from '../src/roles/records.ts';
import type { WorkerTools } from '../src/roles/tools.ts';
import { clock, integrationOf } from '../test/app/world.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { checkJob } from './kit/queued-checks.ts';
import { type BenchRedis, benchRedis, noRedis } from './kit/redis.ts';
import { quantile } from './kit/stats.ts';

const jobs = 2_000;
const concurrency = 50;
const lags = 400;

/** `verify` jobs whose evidence costs nothing: what is left is queue, judging, storing and the answer's own job. */
export const verifyJobs: Measure = {
  name: 'jobs',
  title: 'verify jobs with free evidence, from the queue to the stored report',
  peer: `bare BullMQ with no-op jobs, ${concurrency} at once, on the same Redis`,
  rounds: 5,
  async take(rounds) {
    const redis = await benchRedis();
    if (!redis) return noRedis;
    await ours(redis, 500);
    await bare(redis, 500);
    const taken = await inRounds(rounds, async () => ({
      peer: await bare(redis, jobs),
      ours: await ours(redis, jobs),
    }));
    await redis.close();
    return {
      figures: [
        {
          what: 'throughput',
          unit: 'jobs/s',
          ours: taken.map((one) => one.ours.perSecond),
          peer: taken.map((one) => one.peer.perSecond),
          compare: 'ratio',
          aim: { atLeast: 0.5 },
        },
        {
          what: 'queued → started, p99, idle worker',
          unit: 'ms',
          ours: taken.map((one) => quantile(one.ours.lagsMs, 0.99)),
          peer: taken.map((one) => quantile(one.peer.lagsMs, 0.99)),
          compare: 'ratio',
          aim: { atMost: 1.2 },
        },
        {
          what: 'queued → started, p50, idle worker',
          unit: 'ms',
          ours: taken.map((one) => quantile(one.ours.lagsMs, 0.5)),
          peer: taken.map((one) => quantile(one.peer.lagsMs, 0.5)),
          compare: 'ratio',
          aim: null,
        },
      ],
    };
  },
};

type Taken = { perSecond: number; lagsMs: number[] };

/** A queue with its worker. `started` is called as each job begins, `ended` as it is done. */
type Engine = {
  add(id: string): Promise<unknown>;
  run(told: { started(id: string): void; ended(): void }): { stop(): Promise<void> };
};

/** Jobs that lie ready are worked off; then single ones come to an idle worker. */
async function measured(engine: Engine, count: number): Promise<Taken> {
  for (let at = 0; at < count; at += 100)
    await Promise.all(Array.from({ length: Math.min(100, count - at) }, () => engine.add(randomUUID())));
  let left = count;
  let heard: { started(id: string): void; ended(): void } = { started: () => {}, ended: () => {} };
  const from = performance.now();
  const worker = engine.run({ started: (id) => heard.started(id), ended: () => heard.ended() });
  await new Promise<void>((resolve) => {
    heard = {
      started: () => {},
      ended() {
        left -= 1;
        if (left === 0) resolve();
      },
    };
  });
  const perSecond = (count / (performance.now() - from)) * 1000;
  const lagsMs = await inRounds(lags, async () => {
    const id = randomUUID();
    const ended = new Promise<number>((resolve) => {
      let startedAt = 0;
      heard = {
        started() {
          startedAt = performance.now();
        },
        ended: () => resolve(startedAt),
      };
    });
    const queuedAt = performance.now();
    await engine.add(id);
    const lagMs = (await ended) - queuedAt;
    await new Promise((resolve) => setTimeout(resolve, 2));
    return lagMs;
  });
  await worker.stop();
  return { perSecond, lagsMs };
}

async function bare(redis: BenchRedis, count: number): Promise<Taken> {
  const name = `bare-${randomUUID()}`;
  const queue = new Queue(name, { connection: redis.connection() });
  const taken = await measured(
    {
      add: (jobId) => queue.add('x', {}, { jobId, removeOnComplete: true }),
      run({ started, ended }) {
        const connection = redis.connection();
        const worker = new Worker(name, async (job) => started(job.id ?? ''), { connection, concurrency });
        worker.on('completed', ended);
        return { stop: () => worker.close() };
      },
    },
    count,
  );
  await queue.close();
  return taken;
}

async function ours(redis: BenchRedis, count: number): Promise<Taken> {
  const prefix = `{ours-${randomUUID()}}`;
  const producer = bullProducer({
    connection: redis.connection(),
    prefix,
    onError: () => {},
    timeoutMs: null,
  });
  const handlers = jobHandlers(freeTools(openRecords(redis.connection(), keep), producer));
  const taken = await measured(
    {
      add: (runId) => producer.add(checkJob(runId), { id: `verify:${runId}` }),
      run({ started, ended }) {
        const worker = bullWorker({
          lane: 'work',
          connection: redis.connection(),
          prefix,
          concurrency,
          handlers: {
            ...handlers,
            async verify(job, attempt, dueAt) {
              started(job.runId);
              const outcome = await handlers.verify(job, attempt, dueAt);
              ended();
              return outcome;
            },
          },
          onAbandoned: async (_, reason) => fail(reason),
          onError: (message) => fail(message),
        });
        return { stop: () => worker.stop(5_000) };
      },
    },
    count,
  );
  await producer.close();
  return taken;
}

function fail(reason: string): never {
  throw new Error(`A job of the measure failed: ${reason}`);
}

/** What checks alone work with; the vault answers from memory, and nobody delivers. */
function freeTools(records: ReturnType<typeof openRecords>, producer: Producer): WorkerTools {
  return {
    integrations: [integrationOf()],
    checks,
    version: 'bench',
    deadlineMs: 60_000,
    records,
    producer,
    notifier: { deliver: () => Promise.reject(new Error('Nothing is delivered here.')) },
    clock,
    telemetry: openMetrics().telemetry,
    log: openLog({ level: 'silent', secrets: [] }),
  } satisfies Partial<WorkerTools> as Partial<WorkerTools> as WorkerTools;
}

const day = 86_400_000;
const keep = { reports: day, journal: day, incidents: day, commands: day };
