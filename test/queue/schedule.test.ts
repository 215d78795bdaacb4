import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../src/queue/jobs.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import { putSchedules, type Schedule } from '../../src/queue/schedule.ts';
import { bullWorker, type JobHandlers } from '../../src/queue/worker.ts';
import { openLooks } from '../../src/roles/looks.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();

const polls = (integration: string, everyMs: number): Schedule => ({
  id: `poll-${integration}`,
  everyMs,
  job: { kind: 'poll', version: 1, integration },
});
const checks = (integration: string, everyMs: number): Schedule => ({
  id: `watch-${integration}`,
  everyMs,
  job: { kind: 'watch', version: 1, integration, secret: null },
});

/** What a failed test left at work would work on in its second try. */
const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

type Ran = { process: number; job: Job; at: number };

/** Three processes that each put the schedules there and work on both lanes. */
async function processes(prefix: string, schedules: readonly Schedule[]) {
  const ran: Ran[] = [];
  const onError = () => {};
  const all = [1, 2, 3].map(async (process) => {
    const connection = await redis.client('patient');
    const handle = async (job: Job) => {
      ran.push({ process, job, at: Date.now() });
      return { done: true } as const;
    };
    const asked = { verify: handle, 'verify-all': handle, audit: handle, deliver: handle };
    const incidents = { observe: handle, enrich: handle, 'incident-deliver': handle, timer: handle };
    const handlers: JobHandlers = { ...asked, ...incidents, poll: handle, watch: handle };
    const common = { prefix, connection, handlers, concurrency: 2, onError, onAbandoned: async () => {} };
    const put = (some: readonly Schedule[]) => putSchedules(some, { connection, prefix, onError });
    await put(schedules);
    const workers = (['poll', 'watch'] as const).map((lane) => bullWorker({ ...common, lane }));
    const stop = () => Promise.all(workers.map((worker) => worker.stop(5_000)));
    running.push(stop);
    return { put, stop };
  });
  const started = await Promise.all(all);
  return {
    ran,
    of: (kind: Job['kind'], integration: string) =>
      ran.filter(({ job }) => job.kind === kind && 'integration' in job && job.integration === integration),
    put: async (some: readonly Schedule[]) => started[0]?.put(some),
    stop: async () => void (await Promise.all(started.map(({ stop }) => stop()))),
  };
}

describe('schedules', () => {
  it('run once in their interval over three processes, each integration by itself', async () => {
    const everyMs = 500;
    const from = Date.now();
    const it = await processes('{schedule-a}', [
      polls('corp', everyMs),
      polls('lab', everyMs),
      checks('corp', 60_000),
    ]);
    const both = () => [it.of('poll', 'corp').length, it.of('poll', 'lab').length];
    await vi.waitFor(() => expect(Math.min(...both())).toBeGreaterThanOrEqual(8), 15_000);
    await it.stop();
    // The first is due at once and the second at the next whole interval, whenever that is.
    const lastAt = Math.max(...it.ran.map(({ at }) => at));
    const dueAtMost = Math.floor((lastAt - from) / everyMs) + 2;
    for (const count of both()) expect(count).toBeLessThanOrEqual(dueAtMost);
    expect(it.of('watch', 'corp')).toHaveLength(1);
  });

  it('are not due again because a process starts anew', async () => {
    const it = await processes('{schedule-b}', [polls('corp', 60_000)]);
    await vi.waitFor(() => expect(it.of('poll', 'corp')).toHaveLength(1), 10_000);
    await it.stop();
    const again = await processes('{schedule-b}', [polls('corp', 60_000), checks('corp', 60_000)]);
    await vi.waitFor(() => expect(again.of('watch', 'corp')).toHaveLength(1), 10_000);
    expect(again.of('poll', 'corp')).toEqual([]);
    await again.stop();
  });

  it('are taken away with their integration, and follow a changed interval', async () => {
    const it = await processes('{schedule-c}', [polls('corp', 60_000), polls('gone', 200)]);
    await vi.waitFor(() => expect(it.of('poll', 'gone').length).toBeGreaterThanOrEqual(2), 10_000);
    await it.put([polls('corp', 200)]);
    const before = it.of('poll', 'gone').length;
    const corp = it.of('poll', 'corp').length;
    await vi.waitFor(() => expect(it.of('poll', 'corp').length).toBeGreaterThanOrEqual(corp + 4), 10_000);
    // One that had become due just then may still run.
    expect(it.of('poll', 'gone').length).toBeLessThanOrEqual(before + 1);
    await it.stop();
  });
});

describe('looks ahead of their time', () => {
  it('are one for wishes of the same span, never sooner than asked, each kind and secret by itself', async () => {
    const it = await processes('{schedule-d}', []);
    const connection = await redis.client('hasty');
    const producer = bullProducer({ connection, prefix: '{schedule-d}', onError: () => {} });
    // The next whole span is never nearer than this clock says.
    const looks = openLooks(producer, { now: () => Math.floor(Date.now() / 5_000) * 5_000 + 4_500 });
    const started = Date.now();
    const wish = { integration: 'corp', inMs: 400 };
    for (const _ of [1, 2, 3]) await looks.soon({ ...wish, look: 'poll', secret: null });
    for (const secret of ['a', 'a', 'b:c', null]) await looks.soon({ ...wish, look: 'check', secret });
    await vi.waitFor(() => expect(it.ran).toHaveLength(4), 15_000);
    expect(Math.min(...it.ran.map(({ at }) => at)) - started).toBeGreaterThanOrEqual(400);
    const secrets = it.of('watch', 'corp').map(({ job }) => 'secret' in job && job.secret);
    expect(secrets.toSorted()).toEqual(['a', 'b:c', null].toSorted());
    await producer.close();
    await it.stop();
  });
});
