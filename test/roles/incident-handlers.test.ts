import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act } from '../../src/app/incidents/act.ts';
import type { IncidentNotifier } from '../../src/ports/incident-notifier.ts';
import { testRedis } from '../redis.ts';
import { incidentWorkers, lockoutJob } from './incident-workers.ts';

const redis = testRedis();
const remindAfterMs = 300;
const shown: string[] = [];
let own: ReturnType<typeof incidentWorkers>;
let stops: (() => Promise<void>)[] = [];

/** A chat that takes a moment for each message, so that two at once would be seen. */
const notifier: IncidentNotifier = {
  async card({ incident }, handle) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    shown.push(`${handle ? 'edit' : 'post'} ${incident.account}`);
    return { outcome: 'delivered', handle: handle ?? { channel: 'C1', ts: randomUUID() } };
  },
  async thread({ entries, incidents: [incident] }) {
    for (const { what } of entries) shown.push(`${incident.account}: ${what}`);
    return { outcome: 'delivered' };
  },
};

/** Three processes' workers over one Redis. */
beforeAll(async () => {
  const client = await redis.client('patient');
  own = incidentWorkers(client, { prefix: '{incident-roles}', remindAfterMs, notifier });
  stops = [1, 2, 3].map(() => own.start());
});

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await own.producer.close();
});

const openOf = async (account: string) =>
  (await own.tools.incidents.list({ states: ['open', 'acknowledged', 'resolved'], limit: 100 })).filter(
    (one) => one.account === account,
  );
const until = { timeout: 10_000 };

/** An incident as it lies in Redis, to be broken there, and a timer of it. */
async function storedIncident() {
  const client = await redis.client('patient');
  const [incident] = await openOf('one');
  const id = incident?.id ?? '';
  const name = `{vaultcheck}:incident:${id}`;
  const stored = (await client.get(name)) ?? '';
  const timer = { kind: 'timer', version: 1, incidentId: id, timer: 'remind', dueAt: 0 } as const;
  return { client, id, name, stored, timer };
}

it('a lockout by every way, to three processes, is one card with one line, and is told again while nobody has it', async () => {
  const now = Date.now();
  const ways = ['udp', 'tcp', 'tls', 'poll'] as const;
  await Promise.all(ways.map((via) => own.producer.add(lockoutJob('one', { via, at: now, seenAt: now }))));
  await expect.poll(() => shown, until).toContain('one: Still open, and nobody has it');
  expect(await openOf('one')).toHaveLength(1);
  expect(shown.filter((one) => one === 'post one')).toHaveLength(1);
  expect(shown.filter((one) => one.startsWith('one: Locked out'))).toHaveLength(1);
});

it('of ten clicks at once one wins, the card follows, and no reminder comes after the end', async () => {
  const { tools } = own;
  const [incident] = await openOf('one');
  const id = incident?.id ?? '';
  const told = await Promise.all(
    Array.from({ length: 10 }, (_, one) => act(tools, id, { word: 'acknowledge', by: `U${one}` })),
  );
  const winner = told.findIndex(({ outcome }) => outcome === 'done');
  const others = told.filter((one) => one.outcome === 'already' && one.by === `U${winner}`);
  expect(others).toHaveLength(9);
  await act(tools, id, { word: 'resolve', by: 'U1', cause: 'c', note: null });
  await expect.poll(() => shown.at(-1), until).toBe('one: Resolved. cause: c');
  const before = shown.length;
  await new Promise((resolve) => setTimeout(resolve, remindAfterMs * 4));
  expect(shown.slice(before)).toEqual([]);
  expect(await tools.incidents.pending(10)).toEqual([]);
});

it('puts back what a newer version stored, until a worker can read it', async () => {
  const { handlers } = own;
  const { client, id, name, stored, timer } = await storedIncident();
  await client.set(name, JSON.stringify({ ...JSON.parse(stored), mood: 'new' }));
  const all = [
    handlers['incident-deliver'](
      { kind: 'incident-deliver', version: 1, incidentId: id, createdAt: 0 },
      1,
      0,
    ),
    handlers.timer(timer, 900, 0),
    handlers.observe(lockoutJob('one', { at: Date.now() }), 1, 0),
  ];
  expect(await Promise.all(all)).toEqual(Array(3).fill({ againInMs: 15_000 }));
  await client.set(name, stored);
  expect(await handlers.timer(timer, 901, 0)).toEqual({ done: true });
});

it('gives up what failed often and for a day, and nothing that only waited often or came long ago', async () => {
  const { handlers } = own;
  const { client, name, stored, timer } = await storedIncident();
  await client.del(name);
  await client.lpush(name, 'no incident');
  const failing = (attempt: number, hoursAgo: number) =>
    handlers.timer(timer, attempt, Date.now() - hoursAgo * 3_600_000);
  expect(await failing(900, 1)).toEqual({ againInMs: 300_000 });
  expect(await failing(1, 100)).toEqual({ againInMs: 1_000 });
  await expect(failing(900, 100)).rejects.toThrow('WRONGTYPE');
  await client.del(name);
  await client.set(name, stored);
});
