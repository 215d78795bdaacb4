import { z } from 'zod';
import { dayMs, Instant } from '../../../domain/instant.ts';
import type { Listening } from '../../../ports/listening.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { parseJson } from './json.ts';

const Span = z.strictObject({ since: Instant, until: Instant });

/** Longer than any poll looks back. */
const keptMs = 2 * dayMs;

/** One hash, a field for each span. It holds as many as listeners were started in two days. */
export function redisListening(redis: RedisClient): Listening {
  const hash = key('listening');
  return {
    async save(id, span) {
      await redis.hset(hash, id, JSON.stringify(span));
      const old = Object.entries(await redis.hgetall(hash)).filter(
        ([, text]) => (parseJson(text, Span)?.until ?? 0) < span.until - keptMs,
      );
      if (old.length > 0) await redis.hdel(hash, ...old.map(([field]) => field));
    },
    spans: async () => (await redis.hvals(hash)).flatMap((text) => parseJson(text, Span) ?? []),
  };
}
