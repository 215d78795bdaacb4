import { GapError } from '../../domain/gap.ts';
import type { StoreHealth } from '../../ports/health.ts';
import type { RedisClient } from './connect.ts';
import { countUnread } from './incidents/outbox.ts';
import { redisPolicy } from './policy.ts';
import { redisNow } from './sites/signs.ts';
import type { RedisTarget } from './target.ts';

/** Redis about itself, from INFO and its clock. */
export function redisHealth(redis: RedisClient, { shown }: RedisTarget): StoreHealth {
  return {
    async read() {
      try {
        const [policy, clockMs, unread] = await Promise.all([
          redisPolicy(redis),
          redisNow(redis),
          countUnread(redis).catch(() => null),
        ]);
        return { shown, clockMs, ...policy, unread };
      } catch {
        // The library's error is dropped: it may repeat a command.
        throw new GapError({
          source: 'vaultcheck',
          cause: 'unreachable',
          detail: `${shown} does not answer.`,
        });
      }
    },
  };
}
