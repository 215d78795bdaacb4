import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteSight } from '../../../domain/evidence/reach.ts';
import { GapError } from '../../../domain/gap.ts';
import type { OpenSites, SiteQuestion, Sites } from '../../../ports/sites.ts';
import type { RedisClient } from '../connect.ts';
import { parseJson } from '../records/json.ts';
import { deadGap, lateGap, lostGap, redisGap, refusalGap, silentGap, unreadableGap } from './gaps.ts';
import { answerKey, asksKey, takenKey } from './keys.ts';
import { SiteAnswer, type SiteAsk, siteVersion } from './messages.ts';
import { healthOf, redisNow } from './signs.ts';

export type RedisSitesOptions = {
  /** A hasty client: while Redis is away a question fails at once. */
  redis: RedisClient;
  /** The integration's own authorities in PEM, which a probe is to trust beside the usual ones. */
  caPem?: string | undefined;
  /** How long a question may take in all. A name, a connection and a handshake that all hang take 10 s. */
  answerWithinMs?: number;
};

const defaultAnswerWithinMs = 12_000;
const pollMs = 50;
/** How often, while an answer is waited for, the probes' signs of life are looked at. */
const signsEachPolls = 20;

/**
 * Sites behind Redis. A question is a list entry that any probe of the site may take, once; its answer is a key of its
 * own. What nobody took in time is taken back. A probe that took it tells so while it lives: when that stops, the
 * question is asked of the other probes, or ended where there is none.
 */
export function redisSites({
  redis,
  caPem,
  answerWithinMs = defaultAnswerWithinMs,
}: RedisSitesOptions): OpenSites {
  return ({ signal }): Sites => ({
    async look(site, question) {
      const ask = await withRedis(site, () =>
        prepared(redis, site, { ...question, caPem: caPem ?? null }, answerWithinMs),
      );
      const text = JSON.stringify(ask);
      await put(redis, site, text, answerWithinMs);
      try {
        const askAgain = () => put(redis, site, text, answerWithinMs);
        const endsAt = performance.now() + answerWithinMs;
        return await answered({ redis, site, ask, signal, endsAt, askAgain });
      } finally {
        await redis
          .multi()
          .lrem(asksKey(site), 1, text)
          .del(answerKey(site, ask.id), takenKey(site, ask.id))
          .exec()
          .catch(() => null);
      }
    },
    health: (site) => withRedis(site, () => healthOf(redis, site)),
  });
}

type Asked = SiteQuestion & Pick<SiteAsk, 'caPem'>;

async function prepared(redis: RedisClient, site: string, asked: Asked, withinMs: number): Promise<SiteAsk> {
  await demandAlive(redis, site);
  const { host, port, encrypted, caPem } = asked;
  const expiresAt = (await redisNow(redis)) + withinMs;
  return { version: siteVersion, id: randomUUID(), expiresAt, host, port, encrypted, caPem };
}

async function put(redis: RedisClient, site: string, text: string, withinMs: number): Promise<void> {
  const key = asksKey(site);
  await withRedis(site, () =>
    redis
      .multi()
      .rpush(key, text)
      .pexpire(key, 2 * withinMs)
      .exec(),
  );
}

async function demandAlive(redis: RedisClient, site: string): Promise<void> {
  const { alive, lastSeen } = await healthOf(redis, site);
  if (alive.length === 0) throw deadGap(site, lastSeen);
}

type Waiting = {
  redis: RedisClient;
  site: string;
  ask: SiteAsk;
  signal: AbortSignal;
  endsAt: number;
  askAgain(): Promise<void>;
};

async function answered(waiting: Waiting): Promise<SiteSight> {
  const { redis, site, ask, signal, endsAt } = waiting;
  const lost = new Set<string>();
  let holder: string | null = null;
  for (let poll = 1; performance.now() < endsAt; poll += 1) {
    const [text, taken] = await seen(waiting);
    if (text !== null) return sightIn(text, site, ask);
    if (holder !== null && taken === null) await goOnWithout(waiting, lost.add(holder));
    holder = taken;
    if (poll % signsEachPolls === 0) await withRedis(site, () => demandAlive(redis, site));
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw lateGap(site);
  }
  throw silentGap(site);
}

/** The answer, if it is there, and the probe that is at the question. */
async function seen({ redis, site, ask }: Waiting): Promise<[string | null, string | null]> {
  const [text = null, taken = null] = await withRedis(site, () =>
    redis.mget(answerKey(site, ask.id), takenKey(site, ask.id)),
  );
  return [text, taken];
}

/** The probe that held the question is gone: another may have it. */
async function goOnWithout({ redis, site, askAgain }: Waiting, lost: ReadonlySet<string>): Promise<void> {
  const { alive, lastSeen } = await withRedis(site, () => healthOf(redis, site));
  if (!alive.some(({ id }) => !lost.has(id))) throw lostGap(site, lastSeen);
  await askAgain();
}

function sightIn(text: string, site: string, ask: SiteAsk): SiteSight {
  const answer = parseJson(text, SiteAnswer);
  if (answer === null) throw unreadableGap(site);
  if ('cannot' in answer) throw refusalGap(site, answer.cannot, ask);
  return answer.sight;
}

/** The library's error is dropped: it repeats the command. */
async function withRedis<T>(site: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof GapError) throw error;
    throw redisGap(site);
  }
}
