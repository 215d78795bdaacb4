import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisIncidents } from '../../src/adapters/redis/incidents/incidents.ts';
import { redisOnce } from '../../src/adapters/redis/records/once.ts';
import { act } from '../../src/app/incidents/act.ts';
import type { IncidentTools } from '../../src/app/incidents/change.ts';
import { dayMs } from '../../src/domain/instant.ts';
import type { HappeningSeen } from '../../src/domain/observation.ts';
import type { Log } from '../../src/ops/log.ts';
import type { IncidentNotifier } from '../../src/ports/incident-notifier.ts';
import type { Job } from '../../src/queue/jobs.ts';
import { lanes } from '../../src/queue/lanes.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import { bullWorker, type JobHandlers, type RunningWorker } from '../../src/queue/worker.ts';
import { incidentDispatch } from '../../src/roles/incident-dispatch.ts';
import { incidentHandlers } from '../../src/roles/incident-handlers.ts';
import { happening, incidentRules } from '../incidents.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();
const prefix = '{incident-roles}';
const clock = { now: Date.now };
const remindAfterMs = 300;
const shown: string[] = [];
let workers: RunningWorker[] = [];
let tools: IncidentTools;
let producer: ReturnType<typeof bullProducer>;

/** A chat that takes a moment for each message, so that two at once would be seen. */
const notifier: IncidentNotifier = {
  async card({ incident }, handle) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    shown.push(`${handle ? 'edit' : 'post'} ${incident.account}`);
    return { outcome: 'delivered', handle: handle ?? { channel: 'C1', ts: randomUUID() } };
  },
  async thread({ entries, view }) {
    for (const { what } of entries) shown.push(`${view.incident.account}: ${what}`);
    return { outcome: 'delivered' };
  },
};

/** Three processes' workers over one Redis. */
beforeAll(async () => {
  const client = await redis.client('patient');
  producer = bullProducer({ connection: client, prefix, timeoutMs: null, onError: () => {} });
  const incidents = redisIncidents(client, dayMs);
  const looks = { soon: async () => {} };
  tools = {
    incidents,
    dispatch: incidentDispatch({ producer, looks, clock }),
    rules: { ...incidentRules, remindAfterMs },
    clock,
    newId: randomUUID,
  };
  const own = incidentHandlers({
    incidents: tools,
    incidentDelivery: { incidents, once: redisOnce(client), notifier },
    integrations: [],
    clock,
    log: { error: () => {} } as unknown as Log,
  });
  const never = async () => ({ done: true }) as const;
  const looking = { poll: never, watch: never };
  const asked = { verify: never, 'verify-all': never, audit: never, deliver: never };
  const handlers: JobHandlers = { ...asked, ...looking, ...own };
  const common = { connection: client, prefix, concurrency: 5, handlers, onError: () => {} };
  const onAbandoned = async () => {};
  workers = [1, 2, 3].flatMap(() => lanes.map((lane) => bullWorker({ ...common, lane, onAbandoned })));
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop(5_000)));
  await producer.close();
});

const observeJob = (account: string, fields: Partial<HappeningSeen>): Job => ({
  kind: 'observe',
  version: 1,
  observation: happening('account-locked', { account, ...fields }),
});

const openOf = async (account: string) =>
  (await tools.incidents.list({ states: ['open', 'acknowledged', 'resolved'], limit: 100 })).filter(
    (one) => one.account === account,
  );

it('a lockout by every way, to three processes, is one card with one line, and is told again while nobody has it', async () => {
  const now = Date.now();
  const ways = ['udp', 'tcp', 'tls', 'poll'] as const;
  await Promise.all(ways.map((via) => producer.add(observeJob('one', { via, at: now, seenAt: now }))));
  await expect.poll(() => shown).toContain('one: Still open, and nobody has it');
  expect(await openOf('one')).toHaveLength(1);
  expect(shown.filter((one) => one === 'post one')).toHaveLength(1);
  expect(shown.filter((one) => one.startsWith('one: Locked out'))).toHaveLength(1);
});

it('of ten clicks at once one wins, the card follows, and no reminder comes after the end', async () => {
  const [incident] = await openOf('one');
  const id = incident?.id ?? '';
  const told = await Promise.all(
    Array.from({ length: 10 }, (_, one) => act(tools, id, { word: 'acknowledge', by: `U${one}` })),
  );
  const winner = told.findIndex(({ outcome }) => outcome === 'done');
  const others = told.filter((one) => one.outcome === 'already' && one.by === `U${winner}`);
  expect(others).toHaveLength(9);
  await act(tools, id, { word: 'resolve', by: 'U1', cause: 'c', note: null });
  await expect.poll(() => shown.at(-1)).toBe('one: Resolved. cause: c');
  const before = shown.length;
  await new Promise((resolve) => setTimeout(resolve, remindAfterMs * 4));
  expect(shown.slice(before)).toEqual([]);
  expect(await tools.incidents.pending(10)).toEqual([]);
});
