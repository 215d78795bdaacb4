import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type RedisClient, redisClient, whenReady } from '../../src/adapters/redis/connect.ts';
import { redisIncidents } from '../../src/adapters/redis/incidents/incidents.ts';
import { keyPrefix } from '../../src/adapters/redis/keys.ts';
import { act } from '../../src/app/incidents/act.ts';
import type { IncidentTools } from '../../src/app/incidents/change.ts';
import { dayMs } from '../../src/domain/instant.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import { incidentDispatch } from '../../src/roles/incident-dispatch.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';
import { happening, incidentRules } from '../incidents.ts';
import { type Running, runningService, type Surroundings, surroundings } from './place.ts';
import { type DurableRedis, durableRedis, noRealRedis } from './redis-server.ts';

/** What is due while nothing runs is done once when something runs again; what was told is not told again. */
describe.skipIf(noRealRedis)(`restarts ${noRealRedis ?? ''}`, { timeout: 90_000 }, () => {
  let around: Surroundings;
  let redis: DurableRedis;
  let client: RedisClient;
  let producer: ReturnType<typeof bullProducer>;
  let tools: IncidentTools;
  let service: Running | null = null;

  const configure = (slack: Record<string, unknown>) => {
    const file = join(around.folder, 'vaultcheck.yaml');
    const document = parse(readFileSync(file, 'utf8'));
    const access = { check: 'anyone', incidents: 'anyone' };
    const incidents = { remindAfter: '2s', escalate: { after: '1h', mention: 'S0ONCALL' } };
    writeFileSync(file, stringify({ ...document, slack: { access, ...slack }, incidents }));
  };

  beforeAll(async () => {
    [around, redis] = await Promise.all([surroundings(), durableRedis()]);
    client = redisClient(redis.target, 'patient', () => {});
    await whenReady(client, redis.target, 5_000);
    producer = bullProducer({ connection: client, prefix: keyPrefix, timeoutMs: null, onError: () => {} });
    const clock = { now: Date.now };
    tools = {
      incidents: redisIncidents(client, dayMs),
      dispatch: incidentDispatch({ producer, looks: { soon: async () => {} }, clock }),
      rules: { ...incidentRules, remindAfterMs: 2_000 },
      clock,
      newId: randomUUID,
    };
  });
  afterAll(async () => {
    await service?.stop();
    await producer?.close();
    client?.disconnect();
    await redis?.close();
    await around?.close();
  });

  const start = async () => {
    service = await runningService(around, redis.target);
  };
  const stop = async () => {
    await service?.stop();
    service = null;
  };
  /** Not a storm: one of each kind. */
  const unexpected = async () => {
    const now = Date.now();
    const at = { at: now, seenAt: now, address: '192.0.2.7', origin: 'elsewhere', appliance: null } as const;
    await producer.add({ kind: 'observe', version: 1, observation: happening('login', at) });
  };
  const locked = async () => {
    const now = Date.now();
    const observation = happening('account-locked', { at: now, seenAt: now });
    await producer.add({ kind: 'observe', version: 1, observation });
  };
  const card = (words: RegExp): Message | undefined =>
    around.slack.messages('alerts').find(({ text, thread }) => thread === undefined && words.test(text));
  const shown = (words: RegExp) => around.slack.waitFor(() => card(words), 20_000, `a card ${words}`);
  const lines = (words: RegExp, of: RegExp) => {
    const one = card(words);
    return one ? around.slack.replies(one).filter(({ text }) => of.test(text)).length : 0;
  };
  const wait = (until: number) => new Promise((resolve) => setTimeout(resolve, until - Date.now()));

  it('shows what had no channel once one is configured, and what is shown not again', async () => {
    configure({});
    await start();
    expect(service?.logged()).toContain('no channel for incidents');
    await unexpected();
    await expect.poll(() => tools.incidents.openCount(), { timeout: 20_000 }).toBe(1);
    await expect
      .poll(() => service?.logged(), { timeout: 20_000 })
      .toContain('An integration has no channel for incidents');
    // Nobody is reminded of what somebody has: nothing but the start can show it.
    const [one] = await tools.incidents.list({ states: ['open'], limit: 9 });
    await act(tools, one?.id ?? '', { word: 'acknowledge', by: 'U0ANA' });
    // What is under way ends before the service does.
    await expect.poll(async () => (await producer.backlog()).waiting, { timeout: 20_000 }).toBe(0);
    await stop();
    expect(around.slack.log('chat.postMessage')).toEqual([]);
    configure({ alerts: 'C0ALERTS' });
    await start();
    await shown(/UNEXPECTED LOGIN/);
    await expect.poll(() => lines(/UNEXPECTED/, /Acknowledged/), { timeout: 20_000 }).toBe(1);
    await stop();
    await start();
    await locked();
    await shown(/LOCKED OUT/);
    expect(around.slack.messages('alerts').filter(({ text }) => /UNEXPECTED/.test(text))).toHaveLength(1);
    expect(lines(/UNEXPECTED/, /Acknowledged/)).toBe(1);
  });

  it('reminds once of what came due while nothing ran', async () => {
    const { incidents } = tools;
    await stop();
    const [one] = (await incidents.list({ states: ['open'], limit: 9 })).filter(
      ({ kind }) => kind === 'account-locked',
    );
    const due = one?.remindAt ?? 0;
    expect(due).toBeGreaterThan(0);
    const before = lines(/LOCKED/, /Still open/);
    await wait(due + 300);
    expect(lines(/LOCKED/, /Still open/)).toBe(before);
    await start();
    await expect.poll(() => lines(/LOCKED/, /Still open/), { timeout: 20_000 }).toBe(before + 1);
    await stop();
    const next = (await incidents.load(one?.id ?? ''))?.remindAt ?? 0;
    expect(next).toBeGreaterThan(due);
    // The next process does not tell it again either; the one after is due later.
    if (next - Date.now() > 500) {
      await start();
      expect(lines(/LOCKED/, /Still open/)).toBe(before + 1);
    }
  });

  it('ends a snooze on time over a restart, once', async () => {
    const [one] = (await tools.incidents.list({ states: ['open'], limit: 9 })).filter(
      ({ kind }) => kind === 'account-locked',
    );
    const id = one?.id ?? '';
    const until = Date.now() + 2_500;
    await act(tools, id, { word: 'snooze', by: 'U0ANA', until });
    await stop();
    await start();
    await expect.poll(() => lines(/LOCKED/, /Snooze is over/), { timeout: 20_000 }).toBe(1);
    const ended = (await tools.incidents.load(id))?.timeline.findLast(
      ({ what }) => what === 'Snooze is over',
    );
    expect(ended?.at).toBeGreaterThanOrEqual(until);
    const asleep = Date.now() + 800;
    await act(tools, id, { word: 'snooze', by: 'U0BEN', until: asleep });
    await stop();
    await wait(asleep + 200);
    await start();
    await expect.poll(() => lines(/LOCKED/, /Snooze is over/), { timeout: 20_000 }).toBe(2);
    await stop();
    await start();
    await act(tools, id, { word: 'acknowledge', by: 'U0ANA' });
    await around.slack.waitFor(() => card(/LOCKED.*somebody has it/), 20_000);
    expect(lines(/LOCKED/, /Snooze is over/)).toBe(2);
    expect((await tools.incidents.load(id))?.snoozed).toBeNull();
  });

  it('has posted one card for each incident, and each line once, over all of it', () => {
    const cards = around.slack.messages('alerts').filter(({ thread }) => thread === undefined);
    const posted = around.slack.log('chat.postMessage').filter(({ status }) => status === 200);
    const deliveries = posted.map(({ args }) => JSON.stringify(args['metadata']));
    expect(new Set(deliveries).size).toBe(deliveries.length);
    expect(cards.filter(({ text }) => /LOCKED|UNEXPECTED/.test(text))).toHaveLength(2);
  });
});
