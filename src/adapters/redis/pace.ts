import type { Pace } from '../../ports/pace.ts';
import type { RedisClient } from './connect.ts';
import { key } from './keys.ts';

/** A turn that nobody used for so long was of a job that is given up. */
const forgottenMs = 60 * 60_000;

/** KEYS: turns, next free time, end of the pause. ARGV: place (empty: none), now, gap, how long to keep. */
const take = `
local now, gap, keep = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local held = tonumber(redis.call('GET', KEYS[3]) or '0')
local free = math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0'), held)
if ARGV[1] == '' then
  if free > now then return free - now end
  redis.call('SET', KEYS[2], string.format('%.0f', now + gap), 'PX', keep)
  return 0
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - keep)
local at = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '0')
if at == 0 then
  at = free
  redis.call('ZADD', KEYS[1], string.format('%.0f', at), ARGV[1])
  redis.call('PEXPIRE', KEYS[1], keep)
  redis.call('SET', KEYS[2], string.format('%.0f', at + gap), 'PX', keep)
end
return math.max(0, math.max(at, held) - now)`;

/** KEYS as above. ARGV: now, pause, how long to keep. */
const hold = `
local now, pause, keep = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local turns = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local shift = pause
if turns[2] then shift = math.max(0, now + pause - math.max(now, tonumber(turns[2]))) end
for at = 1, #turns, 2 do
  redis.call('ZADD', KEYS[1], string.format('%.0f', tonumber(turns[at + 1]) + shift), turns[at])
end
local free = math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0')) + shift
redis.call('SET', KEYS[2], string.format('%.0f', free), 'PX', keep)
redis.call('SET', KEYS[3], string.format('%.0f', now + pause), 'PX', pause)
return 0`;

/** A pace of one message in `gapMs` for each lane, in Redis. */
export function redisPace(redis: RedisClient, { gapMs = 1_000, now = Date.now } = {}): Pace {
  const keys = (lane: string) => [key('pace', lane), key('pace-next', lane), key('pace-held', lane)] as const;
  return {
    async waitMs(lane, place) {
      const waited = await redis.eval(take, 3, ...keys(lane), place ?? '', now(), gapMs, forgottenMs);
      return Number(waited);
    },
    async done(lane, place) {
      await redis.zrem(keys(lane)[0], place);
    },
    async hold(lane, forMs) {
      await redis.eval(hold, 3, ...keys(lane), now(), Math.max(1, Math.round(forMs)), forgottenMs);
    },
  };
}
