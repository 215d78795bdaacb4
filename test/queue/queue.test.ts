import { Queue } from 'bullmq';
import { describe, expect, it, vi } from 'vitest';
import { redisClient } from '../../src/adapters/redis/connect.ts';
import { keyPrefix } from '../../src/adapters/redis/keys.ts';
import { socketTarget } from '../../src/adapters/redis/target.ts';
import type { Destination } from '../../src/domain/destination.ts';
import { type Job, type JobOf, QueueUnavailable } from '../../src/queue/jobs.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import { bullWorker, type JobHandlers, type JobOutcome } from '../../src/queue/worker.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();

const to: Destination = {
  workspace: 'T1',
  person: 'U1',
  channel: 'C1',
  audience: 'person',
  reply: null,
  message: null,
};
const verify = (runId: string): JobOf<'verify'> => ({
  kind: 'verify',
  version: 1,
  runId,
  integration: 'corp',
  secret: 'scanadmin',
  to,
  askedAt: 0,
});
const deliver = (id: string): JobOf<'deliver'> => ({
  kind: 'deliver',
  version: 1,
  deliveryId: id,
  content: { type: 'report', runId: id },
  to,
  createdAt: 0,
});

/** A worker of both lanes over a prefix of its own, and what it saw. */
async function rig(prefix: string, handle: (job: Job, attempt: number) => Promise<JobOutcome>) {
  const abandoned: { job: Job; reason: string }[] = [];
  const errors: { message: string; detail: Record<string, unknown> }[] = [];
  const handlers: JobHandlers = {
    verify: handle,
    'verify-all': handle,
    audit: handle,
    deliver: handle,
    observe: handle,
    enrich: handle,
    'incident-deliver': handle,
    timer: handle,
    poll: handle,
    watch: handle,
  };
  const connection = await redis.client('patient');
  const common = {
    prefix,
    handlers,
    connection,
    concurrency: 2,
    lockMs: 1_000,
    onAbandoned: async (job: Job, reason: string) => void abandoned.push({ job, reason }),
    onError: (message: string, detail: Record<string, unknown>) => void errors.push({ message, detail }),
  };
  const workers = [bullWorker({ ...common, lane: 'work' }), bullWorker({ ...common, lane: 'deliver' })];
  const producer = bullProducer({ connection: await redis.client('hasty'), prefix, onError: () => {} });
  return {
    producer,
    abandoned,
    errors,
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop(5_000)));
      await producer.close();
    },
  };
}

describe('queue', () => {
  it('tells how many jobs nobody has taken, and how long the oldest has waited', async () => {
    const connection = await redis.client('hasty');
    const producer = bullProducer({ connection, prefix: '{backlog}', onError: () => {} });
    expect(await producer.backlog()).toEqual({ waiting: 0, oldestMs: 0 });
    await producer.add(verify('waits'), { id: 'waits' });
    await producer.add(deliver('waits'), { id: 'delivers' });
    await producer.add(verify('later'), { id: 'later', delayMs: 60_000 });
    await vi.waitFor(async () => {
      const { waiting, oldestMs } = await producer.backlog();
      expect(waiting).toBe(2);
      expect(oldestMs).toBeGreaterThan(50);
    });
    await producer.close();
  });

  it('hands each job to the handler of its kind, once, and the same id once', async () => {
    const seen: string[] = [];
    const it = await rig(`${keyPrefix}:a`, async (job) => {
      seen.push(job.kind);
      return { done: true };
    });
    await it.producer.add(verify('r1'), { id: 'verify:r1' });
    await it.producer.add(verify('r1'), { id: 'verify:r1' });
    await it.producer.add(deliver('d1'));
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['deliver', 'verify']), 5_000);
    await it.producer.add(verify('r1'), { id: 'verify:r1' });
    await it.producer.add(deliver('d2'));
    await vi.waitFor(() => expect(seen).toHaveLength(3), 5_000);
    expect(seen.filter((kind) => kind === 'verify')).toHaveLength(1);
    await it.stop();
  });

  it('does a job again when its handler asks for it, and counts the attempts', async () => {
    const attempts: number[] = [];
    const it = await rig(`${keyPrefix}:b`, async (_job, attempt) => {
      attempts.push(attempt);
      return attempt < 3 ? { againInMs: 10 } : { done: true };
    });
    await it.producer.add(deliver('d1'));
    await vi.waitFor(() => expect(attempts).toEqual([1, 2, 3]), 8_000);
    expect(it.abandoned).toEqual([]);
    await it.stop();
  });

  it('gives a job up when its handler throws, at the first time, and says so', async () => {
    let calls = 0;
    const it = await rig(`${keyPrefix}:c`, async () => {
      calls += 1;
      throw new TypeError('a bug');
    });
    await it.producer.add(verify('r1'));
    await vi.waitFor(() => expect(it.abandoned).toHaveLength(1), 5_000);
    expect(it.abandoned[0]).toMatchObject({ job: { runId: 'r1' }, reason: 'TypeError: a bug' });
    expect(calls).toBe(1);
    await it.stop();
  });

  it('does what an alert hangs on, however often workers died over it', { timeout: 60_000 }, async () => {
    const connection = await redis.client('patient');
    const prefix = `${keyPrefix}:g`;
    const producer = bullProducer({ connection, prefix, timeoutMs: null, onError: () => {} });
    const abandoned: Job[] = [];
    let begun = 0;
    const worker = (handle: () => Promise<JobOutcome>) => {
      const own = async () => {
        begun += 1;
        return handle();
      };
      const asked = { verify: own, 'verify-all': own, audit: own, deliver: own, poll: own, watch: own };
      const handlers: JobHandlers = {
        ...asked,
        observe: own,
        enrich: own,
        'incident-deliver': own,
        timer: own,
      };
      const onAbandoned = async (job: Job) => void abandoned.push(job);
      const common = { prefix, connection, handlers, concurrency: 1, lockMs: 200, onAbandoned };
      return bullWorker({ ...common, lane: 'deliver', onError: () => {} });
    };
    await producer.add({ kind: 'incident-deliver', version: 1, incidentId: 'i1', createdAt: 0 });
    for (const death of [1, 2, 3, 4, 5]) {
      const dying = worker(() => new Promise(() => undefined));
      await vi.waitFor(() => expect(begun).toBe(death), 10_000);
      await dying.stop(0);
    }
    let isDone = false;
    const living = worker(async () => {
      isDone = true;
      return { done: true };
    });
    await vi.waitFor(() => expect(isDone).toBe(true), 10_000);
    expect(abandoned).toEqual([]);
    await living.stop(5_000);
    await producer.close();
  });

  it('puts a job of a newer version back, and drops one that nobody can read', async () => {
    const prefix = `${keyPrefix}:d`;
    let calls = 0;
    const it = await rig(prefix, async () => {
      calls += 1;
      return { done: true };
    });
    const raw = new Queue('vaultcheck-work', { connection: await redis.client('patient'), prefix });
    await raw.add('verify', { ...verify('r1'), version: 2, novelty: true }, { jobId: 'newer' });
    await raw.add('verify', { kind: 'verify', version: 1, nonsense: true }, { jobId: 'broken' });
    await vi.waitFor(async () => {
      expect(await (await raw.getJob('newer'))?.getState()).toBe('delayed');
      expect(await (await raw.getJob('broken'))?.getState()).toBe('failed');
    }, 5_000);
    expect(calls).toBe(0);
    await raw.close();
    await it.stop();
  });

  it('says at once that nothing was started while Redis is away', async () => {
    const target = socketTarget('/nowhere/redis.sock');
    const connection = redisClient(target, 'hasty', () => {});
    const producer = bullProducer({ connection, prefix: keyPrefix, timeoutMs: 500, onError: () => {} });
    const startedAt = performance.now();
    await expect(producer.add(verify('r1'))).rejects.toThrow(QueueUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    connection.disconnect();
  });
});
