import { dayMs } from '../../../domain/instant.ts';
import { CheckRound, type CheckRounds } from '../../../ports/check-rounds.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { readJson } from './json.ts';

/** One document for each integration, gone after a day when nobody ended it. */
export function redisCheckRounds(redis: RedisClient): CheckRounds {
  const name = (integration: string) => key('check-round', integration);
  return {
    load: (integration) => readJson(redis, name(integration), CheckRound),
    async save(integration, round) {
      await redis.set(name(integration), JSON.stringify(round), 'PX', dayMs);
    },
    async end(integration) {
      await redis.del(name(integration));
    },
  };
}
