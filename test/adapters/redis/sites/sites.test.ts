import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { redisSites } from '../../../../src/adapters/redis/sites/ask.ts';
import { type SiteServerOptions, serveSite } from '../../../../src/adapters/redis/sites/serve.ts';
import type { SiteSight } from '../../../../src/domain/evidence/reach.ts';
import { testRedis } from '../../../redis.ts';

const redis = testRedis();
const question = { host: 'vault.corp.example', port: 443, encrypted: true };
const unending = { signal: new AbortController().signal };

const sight: SiteSight = {
  resolution: { addresses: ['10.0.0.1'], failure: null },
  connection: { state: 'open', detail: 'open' },
  certificate: null,
};

async function aProbe(site: string, changed: Partial<SiteServerOptions> = {}) {
  const served: string[] = [];
  const server = await serveSite({
    site,
    probe: { id: randomUUID(), version: '0.1.0' },
    redis: await redis.client('narrow'),
    waiting: await redis.client('narrow'),
    look: async () => sight,
    onServed: ({ outcome }) => void served.push(outcome),
    onError: () => {},
    ...changed,
  });
  return { served, [Symbol.asyncDispose]: () => server.stop() };
}

async function asker(answerWithinMs = 5_000, caPem?: string) {
  return redisSites({ redis: await redis.client('hasty'), answerWithinMs, caPem })(unending);
}

/** A site of its own for each test: they run beside each other. */
const aSite = () => `s${randomUUID().slice(0, 8)}`;

const refusedWith = (cause: string, detail: RegExp) => ({
  name: 'GapError',
  gap: { source: 'probe', cause, detail: expect.stringMatching(detail) },
});

describe('a site over Redis', () => {
  it('answers with what its probe sees, and gets the authorities of the integration', async () => {
    const site = aSite();
    const asked: unknown[] = [];
    await using probe = await aProbe(site, {
      look: async (given) => {
        asked.push(given);
        return sight;
      },
    });
    expect(await (await asker(5_000, 'PEM')).look(site, question)).toEqual(sight);
    expect(asked).toMatchObject([{ ...question, caPem: 'PEM' }]);
    expect(probe.served).toEqual(['seen']);
  });

  it('leaves nothing in Redis but the signs of life', async () => {
    const site = aSite();
    await using _probe = await aProbe(site);
    await (await asker()).look(site, question);
    const client = await redis.client('patient');
    expect(await client.keys(`{vaultcheck-site:${site}}:*`)).toEqual([`{vaultcheck-site:${site}}:signs`]);
  });

  it('says at once that nobody was ever there', async () => {
    const from = performance.now();
    const ended = (await asker(30_000)).look(aSite(), question);
    await expect(ended).rejects.toMatchObject(refusedWith('unreachable', /none has ever been heard of/));
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  it('says since when its probe is dead', async () => {
    const site = aSite();
    const client = await redis.client('patient');
    const at = Date.parse('2026-01-02T03:04:05Z');
    await client.hset(`{vaultcheck-site:${site}}:signs`, 'p', JSON.stringify({ at, version: '0.1.0' }));
    const sites = await asker(30_000);
    await expect(sites.look(site, question)).rejects.toMatchObject(
      refusedWith('unreachable', /last sign of one was at 2026-01-02T03:04Z/),
    );
    expect(await sites.health(site)).toEqual({ alive: [], lastSeen: at });
  });

  it('notices a probe that dies over the question, long before the deadline', async () => {
    const site = aSite();
    await using _probe = await aProbe(site, { look: () => new Promise(() => {}) });
    const client = await redis.client('patient');
    const ended = (await asker(60_000)).look(site, question);
    await client.del(`{vaultcheck-site:${site}}:signs`);
    const again = setInterval(() => void client.del(`{vaultcheck-site:${site}}:signs`), 20);
    await expect(ended).rejects.toMatchObject(refusedWith('unreachable', /No probe/));
    clearInterval(again);
  });

  it.each([
    [
      'does not answer in time',
      { look: () => new Promise<never>(() => {}) },
      'timed-out',
      /not come in time/,
    ],
    ['may not look there', { look: async () => null }, 'denied', /--allow vault\.corp\.example:443/],
    ['met a fault', { look: () => Promise.reject(new Error('x')) }, 'failing', /fault of its own/],
  ])('says that the probe %s', async (_, changed, cause, detail) => {
    const site = aSite();
    const probe = await aProbe(site, changed);
    await expect((await asker(300)).look(site, question)).rejects.toMatchObject(refusedWith(cause, detail));
    // One that hangs is left to its end.
    if (cause !== 'timed-out') await probe[Symbol.asyncDispose]();
  });

  it('ends with the run', async () => {
    const site = aSite();
    await using _probe = await aProbe(site, { look: () => sleep(200, sight) });
    const run = new AbortController();
    const sites = redisSites({ redis: await redis.client('hasty') })(run);
    const ended = sites.look(site, question);
    run.abort();
    await expect(ended).rejects.toMatchObject(refusedWith('timed-out', /deadline of the run/));
  });

  it('answers a question of a newer version that it cannot, and drops what is none or too old', async () => {
    const site = aSite();
    const client = await redis.client('patient');
    const asks = `{vaultcheck-site:${site}}:asks`;
    const old = { ...question, version: 1, id: 'too-old-1', expiresAt: 1, caPem: null };
    await using probe = await aProbe(site);
    await client.rpush(
      asks,
      JSON.stringify({ version: 2, id: 'newer-one', what: 1 }),
      'nonsense',
      JSON.stringify(old),
    );
    await expect.poll(() => [...probe.served].sort()).toEqual(['dropped', 'dropped', 'version']);
    expect(await client.get(`{vaultcheck-site:${site}}:answer:newer-one`)).toBe(
      '{"version":1,"cannot":"version"}',
    );
    expect(await client.exists(`{vaultcheck-site:${site}}:answer:too-old-1`)).toBe(0);
  });

  it('shares the work of one site among its probes, each question once', async () => {
    const site = aSite();
    const slow = { look: () => sleep(30, sight) };
    await using one = await aProbe(site, slow);
    await using other = await aProbe(site, slow);
    const sites = await asker();
    expect((await sites.health(site)).alive).toHaveLength(2);
    await Promise.all(Array.from({ length: 8 }, () => sites.look(site, question)));
    expect(one.served.length + other.served.length).toBe(8);
    expect(Math.min(one.served.length, other.served.length)).toBeGreaterThan(0);
  });

  it('is dead at once when its probe is stopped, and known to have been there', async () => {
    const site = aSite();
    const sites = await asker();
    const probe = await aProbe(site);
    expect((await sites.health(site)).alive).toMatchObject([{ version: '0.1.0' }]);
    await probe[Symbol.asyncDispose]();
    const { alive, lastSeen } = await sites.health(site);
    expect(alive).toEqual([]);
    expect(lastSeen).toBeGreaterThan(Date.now() - 60_000);
    await expect(sites.look(site, question)).rejects.toMatchObject(
      refusedWith('unreachable', /last sign of one was at/),
    );
  });

  it('keeps one sign of all the probes that were stopped', async () => {
    const site = aSite();
    for (let round = 0; round < 3; round += 1) await (await aProbe(site))[Symbol.asyncDispose]();
    await using _probe = await aProbe(site);
    const client = await redis.client('patient');
    expect(await client.hlen(`{vaultcheck-site:${site}}:signs`)).toBeLessThanOrEqual(2);
  });

  /** Takes the next question and says so once, as a probe does that dies right after. */
  async function dyingProbe(site: string, others: string[] = []) {
    const client = await redis.client('narrow');
    const sign = JSON.stringify({ at: Date.now(), version: '0.1.0' });
    await client.hset(
      `{vaultcheck-site:${site}}:signs`,
      'dying',
      sign,
      ...others.flatMap((id) => [id, sign]),
    );
    return client.blpop(`{vaultcheck-site:${site}}:asks`, 5).then(async (taken) => {
      const { id } = JSON.parse(taken?.[1] ?? '{}') as { id: string };
      await client.set(`{vaultcheck-site:${site}}:taken:${id}`, 'dying', 'PX', 200);
    });
  }

  it('ends soon, and says since when, when the only probe dies over the question', async () => {
    const site = aSite();
    const died = dyingProbe(site);
    const client = await redis.client('patient');
    await expect.poll(() => client.hlen(`{vaultcheck-site:${site}}:signs`)).toBe(1);
    await expect((await asker(60_000)).look(site, question)).rejects.toMatchObject(
      refusedWith('unreachable', /died over the question: the last sign of it was at 20/),
    );
    await died;
  });

  it('asks another probe when one dies over the question', async () => {
    const site = aSite();
    const died = dyingProbe(site, ['other']);
    const client = await redis.client('patient');
    await expect.poll(() => client.hlen(`{vaultcheck-site:${site}}:signs`)).toBe(2);
    const answer = (await asker(60_000)).look(site, question);
    await died;
    await using probe = await aProbe(site);
    expect(await answer).toEqual(sight);
    expect(probe.served).toEqual(['seen']);
  });

  it('is served by probes of several versions at once', async () => {
    const site = aSite();
    const slow = { look: () => sleep(30, sight) };
    await using _old = await aProbe(site, { ...slow, probe: { id: 'old', version: '0.0.9' } });
    await using _new = await aProbe(site, { ...slow, probe: { id: 'new', version: '9.0.0' } });
    const sites = await asker();
    const versions = (await sites.health(site)).alive.map(({ version }) => version);
    expect(versions.sort()).toEqual(['0.0.9', '9.0.0']);
    await Promise.all(Array.from({ length: 6 }, () => sites.look(site, question)));
  });
});
