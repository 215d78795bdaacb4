import { afterAll, beforeAll, expect, it } from 'vitest';
import { hourMs } from '../../src/domain/instant.ts';
import type { IncidentNotifier } from '../../src/ports/incident-notifier.ts';
import { testRedis } from '../redis.ts';
import { incidentWorkers, lockoutJob } from './incident-workers.ts';

const redis = testRedis();
const names = Array.from({ length: 60 }, (_, at) => `storm-${at}`);
const named = new Set<string>();
const calls = { posts: 0, edits: 0, lines: 0 };
let own: ReturnType<typeof incidentWorkers>;
let stops: (() => Promise<void>)[] = [];

/** A chat that remembers whom its one card names. */
const notifier: IncidentNotifier = {
  async card({ storm }, handle) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    calls[handle ? 'edits' : 'posts'] += 1;
    for (const { account } of storm) named.add(account ?? '');
    return { outcome: 'delivered', handle: handle ?? { channel: 'C1', ts: '1.1' } };
  },
  async thread({ entries }) {
    calls.lines += entries.length;
    return { outcome: 'delivered' };
  },
};

beforeAll(async () => {
  const client = await redis.client('patient');
  own = incidentWorkers(client, { prefix: '{incident-storm}', remindAfterMs: hourMs, notifier });
  stops = [1, 2].map(() => own.start());
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await own.producer.close();
});

it('many accounts that lock at once stand on one card, and few looks at the chat show them all', async () => {
  const now = Date.now();
  await Promise.all(names.map((name) => own.producer.add(lockoutJob(name, { at: now, seenAt: now }))));
  await expect.poll(() => named.size, { timeout: 20_000 }).toBe(names.length);
  await expect.poll(() => own.tools.incidents.pending(10), { timeout: 10_000 }).toEqual([]);
  // Whoever is at the card shows all that are stored by then: the others find nothing left to do.
  expect(calls.posts).toBe(1);
  expect(calls.edits).toBeLessThan(names.length / 2);
  expect(calls.lines).toBe(1);
  const all = await own.tools.incidents.list({ states: ['open'], limit: 100 });
  expect(new Set(all.map(({ storm }) => storm)).size).toBe(1);
});
