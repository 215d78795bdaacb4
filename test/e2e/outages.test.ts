import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Running, reportsTo, runningService, type Surroundings, surroundings } from './place.ts';
import { type DurableRedis, durableRedis, noRealRedis } from './redis-server.ts';

const [ana, ben] = ['U0ANA', 'U0BEN'];

/** What is away comes back, and the person has the answer once; or is told at once that nothing was started. */
describe.skipIf(noRealRedis)(`outages ${noRealRedis ?? ''}`, { timeout: 60_000 }, () => {
  let around: Surroundings;
  let redis: DurableRedis;
  let service: Running;

  beforeAll(async () => {
    [around, redis] = await Promise.all([surroundings(), durableRedis()]);
    service = await runningService(around, redis.target);
  });
  // What a failed test left broken would break its second try.
  afterEach(async () => {
    redis.freeze(false);
    await redis.start();
    await around.mend();
  });
  afterAll(async () => {
    await service?.stop();
    await redis?.close();
    await around?.close();
  });

  const check = (person = ana) => around.slack.command(person, 'general', '/vault check scanadmin');
  const reports = (person = ana) => reportsTo(around.slack, person);
  const told = (ack: { answer?: unknown }) => JSON.stringify(ack.answer ?? null);

  /** One more than before, and no other after it: the next answer would show a second one. */
  async function oneMore(before: number, person = ana): Promise<void> {
    await around.slack.waitFor(() => reports(person).length > before || null, 30_000, 'the report');
    const mark = reports(person).length;
    await check(person);
    await around.slack.waitFor(() => reports(person).length > mark || null, 30_000, 'the next report');
    expect(reports(person).length).toBe(before + 2);
  }

  const ready = async () => (await service.readiness()).filter(({ detail }) => detail !== null);

  /** What a supervisor is told. */
  const readyz = async () => (await fetch(`http://127.0.0.1:${service.opsPort}/readyz`)).status;

  describe('of Redis', () => {
    it('tells at once that nothing was started, and works again by itself', async () => {
      const before = reports().length;
      expect(await ready()).toEqual([]);
      await redis.stop();
      const asked = await check();
      expect(asked.acked).toBe(true);
      expect(asked.tookMs).toBeLessThan(3_000);
      expect(told(asked)).toContain('nothing was started');
      expect((await ready()).map(({ name }) => name)).toEqual(['redis']);
      expect(await readyz()).toBe(503);
      await redis.start();
      await expect.poll(ready, { timeout: 30_000 }).toEqual([]);
      expect(await readyz()).toBe(200);
      await check();
      await oneMore(before);
    });

    it('tells in time also when Redis stands still instead of refusing', async () => {
      redis.freeze(true);
      const [asked, status] = await Promise.all([check(ben), readyz()]);
      redis.freeze(false);
      expect(status).toBe(503);
      expect(asked.acked).toBe(true);
      expect(asked.tookMs).toBeLessThan(3_000);
      expect(told(asked)).toContain('nothing was started');
      await expect.poll(ready, { timeout: 30_000 }).toEqual([]);
    });

    it('loses no run that is under way when Redis is killed', async () => {
      const before = reports(ben).length;
      const asking = around.vault.traffic.requests.length;
      around.vault.switches.set('all', { kind: 'slow', delayMs: 400 });
      await check(ben);
      await expect.poll(() => around.vault.traffic.requests.length).toBeGreaterThan(asking + 3);
      redis.kill();
      await redis.start();
      await oneMore(before, ben);
    });
  });

  describe('of Slack', () => {
    it.each([
      ['answers 500', { kind: 'server-error' }, 2],
      ['answers 429', { kind: 'ratelimited', retryAfterS: 1 }, 2],
      ['hides its answer', { kind: 'refused', error: 'internal_error' }, 1],
    ] as const)('brings the report later, once, when Slack %s', async (_, fault, times) => {
      const before = reports().length;
      around.slack.faults.add({ ...fault, method: 'response_url', times });
      await check();
      await oneMore(before);
    });

    it('brings the report at most twice when the answer of a response URL is lost', async () => {
      const before = reports().length;
      around.slack.faults.add({ method: 'response_url', kind: 'lost-answer', times: 1 });
      await check();
      const posted = () => around.slack.log('response_url').length;
      const calls = posted();
      await around.slack.waitFor(() => posted() >= calls + 2 || null, 20_000, 'the second try');
      expect(reports().length - before).toBeLessThanOrEqual(2);
      expect(reports().length - before).toBeGreaterThanOrEqual(1);
    });

    it('brings the report once when Slack is away altogether, the socket too', async () => {
      const before = reports().length;
      around.vault.switches.set('all', { kind: 'slow', delayMs: 100 });
      await check();
      const back = around.slack.faults.add({ method: '*', kind: 'server-error' });
      around.slack.sockets.cut();
      await expect.poll(async () => (await ready()).map(({ name }) => name)).toEqual(['slack']);
      await around.slack.waitFor(
        () => around.slack.log('response_url').at(-1)?.status === 500 || null,
        20_000,
      );
      expect(reports().length).toBe(before);
      back();
      await expect.poll(ready, { timeout: 20_000 }).toEqual([]);
      await oneMore(before);
    });

    it('does not post twice when the answer of a post is lost, where it may read the history', async () => {
      around.slack.scopes.add('channels:history');
      const standing = () =>
        around.slack.messages('general').filter(({ text }) => /scanadmin · corp/.test(text));
      const before = standing().length;
      around.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
      await around.slack.command(ana, 'general', '/vault check scanadmin public');
      await around.slack.waitFor(() => around.slack.log('conversations.history').length > 0 || null, 20_000);
      await around.slack.waitFor(() => around.slack.log('chat.update').length > 0 || null, 20_000);
      expect(standing().length).toBe(before + 1);
    });

    it('comes as a direct message once the response URL takes nothing more', async () => {
      const before = around.slack.directMessages(ben).length;
      around.slack.faults.add({ method: 'response_url', kind: 'refused', error: 'used_url', times: 1 });
      await check(ben);
      await around.slack.waitFor(() => around.slack.directMessages(ben).length > before || null, 20_000);
      expect(around.slack.directMessages(ben).at(-1)?.text).toContain('scanadmin · corp');
    });
  });

  it('acts once on an envelope that comes twice', async () => {
    const before = reports().length;
    around.slack.duplicate(true);
    const first = await check();
    around.slack.duplicate(false);
    await around.slack.redeliver(first.envelopeId);
    await oneMore(before);
  });

  it('acknowledges far below 3 s while ten checks run, and answers two people at once', async () => {
    around.vault.switches.set('all', { kind: 'slow', delayMs: 150 });
    const before = [reports(ana).length, reports(ben).length];
    const people = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? ana : ben));
    const asked = await Promise.all(people.map((person) => check(person)));
    expect(asked.every(({ acked }) => acked)).toBe(true);
    expect(Math.max(...asked.map(({ tookMs }) => tookMs))).toBeLessThan(1_500);
    const later = await check(ana);
    expect(later.tookMs).toBeLessThan(1_500);
    await around.slack.waitFor(
      () => reports(ana).length === (before[0] ?? 0) + 6 || null,
      40_000,
      'six reports for one',
    );
    await around.slack.waitFor(() => reports(ben).length === (before[1] ?? 0) + 5 || null, 40_000, 'five');
    expect(around.vault.traffic.forbidden).toEqual([]);
  });
});
