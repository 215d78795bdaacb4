import { z } from 'zod';
import { CommandEntry } from '../../../domain/command-entry.ts';
import { MessageHandle } from '../../../domain/destination.ts';
import { GapError } from '../../../domain/gap.ts';
import { dayMs } from '../../../domain/instant.ts';
import type { CommandLog, Deliveries, Once } from '../../../ports/records.ts';
import type { Refusals } from '../../../ports/refusals.ts';
import { memoryRefusals } from '../../memory/refusals.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { parseJson, readJson } from './json.ts';

export function redisOnce(redis: RedisClient): Once {
  return {
    claim: async (what, forMs) => (await redis.set(key('once', what), '1', 'PX', forMs, 'NX')) === 'OK',
    async release(what) {
      await redis.del(key('once', what));
    },
  };
}

/** A message's handle is kept as long as what it shows: afterwards nobody edits it. */
export function redisDeliveries(redis: RedisClient, keepMs: number): Deliveries {
  const shape = z.union([MessageHandle, z.literal('sent')]);
  return {
    async record(deliveryId, handle) {
      await redis.set(key('delivery', deliveryId), JSON.stringify(handle), 'PX', keepMs);
    },
    find: (deliveryId) => readJson(redis, key('delivery', deliveryId), shape),
  };
}

/** The command log, newest last in a sorted set, cut by age at each write. */
export function redisCommandLog(redis: RedisClient, keepMs: number): CommandLog {
  const log = key('commands');
  return {
    async write(entry) {
      const at = Date.parse(entry.at);
      await redis
        .multi()
        .zadd(log, at, JSON.stringify(entry))
        .zremrangebyscore(log, '-inf', at - keepMs)
        .exec();
    },
    async read(limit) {
      const lines = await redis.zrevrange(log, 0, limit - 1);
      return lines.flatMap((line) => parseJson(line, CommandEntry) ?? []);
    },
  };
}

/**
 * A refused password stays refused until it changes; after 90 days it may be tried once more. While Redis does not
 * answer, nobody knows whether a password was refused: `recall` throws GapError, and none is sent. What this process
 * itself was refused it knows without Redis.
 */
export function redisRefusals(redis: RedisClient): Refusals {
  const shape = z.strictObject({ text: z.string(), at: z.int() });
  const own = memoryRefusals();
  return {
    recall: async (hash) =>
      (await own.recall(hash)) ?? (await readJson(redis, key('refused', hash), shape).catch(notTold)),
    async remember(hash, text, at) {
      await own.remember(hash, text, at);
      const stored = redis.set(key('refused', hash), JSON.stringify({ text, at }), 'PX', 90 * dayMs);
      await stored.catch(() => undefined);
    },
  };
}

function notTold(): never {
  const detail =
    'Redis does not say whether this login was refused before, so it was not tried: it could lock the account. Check Redis.';
  throw new GapError({ source: 'vaultcheck', cause: 'unreachable', detail });
}
