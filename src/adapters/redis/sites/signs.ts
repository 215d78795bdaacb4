import { dayMs, type Instant } from '../../../domain/instant.ts';
import type { SiteHealth } from '../../../ports/sites.ts';
import type { RedisClient } from '../connect.ts';
import { parseJson } from '../records/json.ts';
import { signsKey } from './keys.ts';
import { Sign } from './messages.ts';

/** A probe gives a sign every two seconds; without one for six it counts as dead. */
export const signEveryMs = 2_000;
const aliveWithinMs = 6_000;

/** How long the last sign of a dead probe is remembered, to say since when. */
const rememberedMs = 30 * dayMs;

/** The moment by Redis' clock: the one that all hosts share. */
export async function redisNow(redis: RedisClient): Promise<Instant> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

type Probe = { id: string; version: string };

export async function giveSign(redis: RedisClient, site: string, probe: Probe): Promise<void> {
  await write(redis, site, probe, { at: await redisNow(redis), version: probe.version });
}

/** A probe that is told to stop is dead at once, and is remembered by when it went. */
export async function giveLastSign(redis: RedisClient, site: string, probe: Probe): Promise<void> {
  await write(redis, site, probe, { goneAt: await redisNow(redis), version: probe.version });
}

async function write(redis: RedisClient, site: string, { id }: Probe, sign: Sign): Promise<void> {
  await redis.hset(signsKey(site), id, JSON.stringify(sign));
  await redis.pexpire(signsKey(site), rememberedMs);
}

/** Removes what probes that went or were killed left behind, all but the newest. */
export async function forgetDead(redis: RedisClient, site: string): Promise<void> {
  const all = await signsOf(redis, site);
  const now = await redisNow(redis);
  const dead = all.slice(1).filter(({ at, isGone }) => isGone || at < now - dayMs);
  if (dead.length > 0) await redis.hdel(signsKey(site), ...dead.map(({ id }) => id));
}

export async function healthOf(redis: RedisClient, site: string): Promise<SiteHealth> {
  const [all, now] = await Promise.all([signsOf(redis, site), redisNow(redis)]);
  const alive = all.filter(({ at, isGone }) => !isGone && at >= now - aliveWithinMs);
  return {
    alive: alive.map(({ id, version, at }) => ({ id, version, at })),
    lastSeen: all[0]?.at ?? null,
  };
}

/** Newest first. */
async function signsOf(redis: RedisClient, site: string) {
  const fields = await redis.hgetall(signsKey(site));
  const signs = Object.entries(fields).flatMap(([id, text]) => {
    const sign = parseJson(text, Sign);
    if (sign === null) return [];
    const isGone = 'goneAt' in sign;
    return [{ id, version: sign.version, isGone, at: isGone ? sign.goneAt : sign.at }];
  });
  return signs.sort((one, other) => other.at - one.at);
}
