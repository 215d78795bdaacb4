import { dayMs, type Instant } from '../../../domain/instant.ts';
import type { SiteHealth } from '../../../ports/sites.ts';
import type { RedisClient } from '../connect.ts';
import { parseJson } from '../records/json.ts';
import { signsKey } from './keys.ts';
import { Sign } from './messages.ts';

/** A probe gives a sign every three seconds; without one for ten it counts as dead. */
export const signEveryMs = 3_000;
const aliveWithinMs = 10_000;

/** How long the last sign of a dead probe is remembered, to say since when. */
const rememberedMs = 30 * dayMs;

/** The moment by Redis' clock: the one that all hosts share. */
export async function redisNow(redis: RedisClient): Promise<Instant> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

export async function giveSign(
  redis: RedisClient,
  site: string,
  probe: { id: string; version: string },
): Promise<void> {
  const sign = JSON.stringify({ at: await redisNow(redis), version: probe.version });
  await redis.hset(signsKey(site), probe.id, sign);
  await redis.pexpire(signsKey(site), rememberedMs);
}

/** A probe that was told to stop leaves no sign: it is not dead, it is gone. */
export async function takeSignAway(redis: RedisClient, site: string, id: string): Promise<void> {
  await redis.hdel(signsKey(site), id);
}

/** Removes what probes that were killed left behind, all but the newest. */
export async function forgetDead(redis: RedisClient, site: string): Promise<void> {
  const all = await signsOf(redis, site);
  const now = await redisNow(redis);
  const dead = all.slice(1).filter(({ at }) => at < now - dayMs);
  if (dead.length > 0) await redis.hdel(signsKey(site), ...dead.map(({ id }) => id));
}

export async function healthOf(redis: RedisClient, site: string): Promise<SiteHealth> {
  const [all, now] = await Promise.all([signsOf(redis, site), redisNow(redis)]);
  return { alive: all.filter(({ at }) => at >= now - aliveWithinMs), lastSeen: all[0]?.at ?? null };
}

/** Newest first. */
async function signsOf(redis: RedisClient, site: string) {
  const fields = await redis.hgetall(signsKey(site));
  const signs = Object.entries(fields).flatMap(([id, text]) => {
    const sign = parseJson(text, Sign);
    return sign ? [{ id, ...sign }] : [];
  });
  return signs.sort((one, other) => other.at - one.at);
}
