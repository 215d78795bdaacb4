import { GapError } from '../../domain/gap.ts';
import type { StoreHealth } from '../../ports/health.ts';
import type { RedisClient, RedisRefusal } from './connect.ts';
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
      } catch (error) {
        // The library's error is dropped: it may repeat a command.
        throw unread(error, shown);
      }
    },
  };
}

/** A Redis that did not let us in: asked again it would say the same. */
export function refusedHealth({ message }: RedisRefusal): StoreHealth {
  return {
    async read() {
      throw new GapError({ source: 'vaultcheck', cause: 'denied', detail: message });
    },
  };
}

/** A user without the rights is answered with NOPERM, whatever is asked. */
function unread(error: unknown, shown: string): GapError {
  const denied = error instanceof Error && error.message.startsWith('NOPERM');
  const detail = denied
    ? `Redis at ${shown} answers, but the user of REDIS_URL may not run the commands that Vaultcheck needs (NOPERM).`
    : `Redis at ${shown} does not answer.`;
  return new GapError({ source: 'vaultcheck', cause: denied ? 'denied' : 'unreachable', detail });
}
