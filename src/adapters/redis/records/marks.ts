import type { Marks } from '../../../ports/marks.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';

/** KEYS: 1 the marks of an integration (hash). ARGV: 1 name, 2 moment. Two polls may end in another order than they began. */
const advanceScript = `
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before and tonumber(before) >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`;

/** One hash for each integration. Kept for ever: it has a few fields, and a mark that is gone makes a poll a first one. */
export function redisMarks(redis: RedisClient): Marks {
  return {
    async read(integration, name) {
      const text = await redis.hget(key('marks', integration), name);
      const at = Number(text ?? Number.NaN);
      return Number.isSafeInteger(at) ? at : null;
    },
    async advance(integration, name, to) {
      await redis.eval(advanceScript, 1, key('marks', integration), name, String(to));
    },
  };
}
