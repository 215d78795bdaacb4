import type { PendingEffect, Unread } from '../../../ports/incidents.ts';
import type { RedisClient } from '../connect.ts';
import { parseJson } from '../records/json.ts';
import { keys } from './keys.ts';
import { loadIncidents, StoredEffect } from './stored.ts';

const atOnce = 500;

/**
 * Effects that are due. What cannot be read is put aside as it is met, so that it holds up nothing behind it.
 */
export async function pendingEffects(
  redis: RedisClient,
  limit: number,
  olderThanMs: number,
): Promise<PendingEffect[]> {
  for (;;) {
    const until = Date.now() - olderThanMs;
    const ids = await redis.zrangebyscore(keys.outbox, '-inf', until, 'LIMIT', 0, limit);
    const effects = await readEffects(redis, ids);
    const read = new Set(effects.map(({ id }) => id));
    const unread = ids.filter((id) => !read.has(id));
    await moveEffects(redis, unread, { from: keys.outbox, to: keys.parked });
    if (effects.length > 0 || unread.length === 0) return effects;
  }
}

export async function endEffects(redis: RedisClient, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await redis
    .multi()
    .zrem(keys.outbox, ...ids)
    .zrem(keys.parked, ...ids)
    .hdel(keys.effects, ...ids)
    .exec();
}

/** Sets effects aside for a worker that can read them and their incidents. */
export function parkEffects(redis: RedisClient, ids: readonly string[]): Promise<void> {
  return moveEffects(redis, ids, { from: keys.outbox, to: keys.parked });
}

/** Puts back what this version can read of what was set aside. */
export async function takeUpParked(redis: RedisClient): Promise<number> {
  const ids = await redis.zrange(keys.parked, '0', '-1');
  await forgetDone(redis, ids);
  const effects = await readEffects(redis, ids);
  const mine: string[] = [];
  for (const effect of effects) {
    const { unread } = await loadIncidents(redis, [effect.incidentId]);
    if (unread === 0) mine.push(effect.id);
  }
  await moveEffects(redis, mine, { from: keys.parked, to: keys.outbox });
  return mine.length;
}

/** A newer worker may have done one in the very moment in which this one set it aside. */
async function forgetDone(redis: RedisClient, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const texts = await redis.hmget(keys.effects, ...ids);
  const gone = ids.filter((_, at) => texts[at] === null);
  if (gone.length > 0) await redis.zrem(keys.parked, ...gone);
}

/** How much lies there that this version cannot read. */
export async function countUnread(redis: RedisClient): Promise<Unread> {
  const ids = await redis.zrange(keys.live, '0', '-1');
  let incidents = 0;
  for (let at = 0; at < ids.length; at += atOnce)
    incidents += (await loadIncidents(redis, ids.slice(at, at + atOnce))).unread;
  return { incidents, effects: await redis.zcard(keys.parked) };
}

async function readEffects(redis: RedisClient, ids: readonly string[]): Promise<PendingEffect[]> {
  if (ids.length === 0) return [];
  const texts = await redis.hmget(keys.effects, ...ids);
  return ids.flatMap((id, at) => {
    const stored = parseJson(texts[at] ?? '', StoredEffect);
    return stored ? [{ id, ...stored }] : [];
  });
}

/** With the time of their storing, so that the oldest stays the oldest. */
async function moveEffects(
  redis: RedisClient,
  ids: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (ids.length === 0) return;
  const times = await Promise.all(ids.map((id) => redis.zscore(from, id)));
  const batch = redis.multi();
  for (const [at, id] of ids.entries()) {
    const time = times[at];
    // Somebody else moved or did it meanwhile.
    if (time !== null && time !== undefined) batch.zadd(to, time, id).zrem(from, id);
  }
  await batch.exec();
}
