import { expect, it } from 'vitest';
import { redisTarget } from '../../src/config/redis-url.ts';
import type { Log } from '../../src/ops/log.ts';
import { closing } from '../../src/roles/closing.ts';
import { openRedis } from '../../src/roles/redis.ts';

it('says at once that it waits for a Redis that is not there, and for how long', async () => {
  const target = redisTarget('redis://127.0.0.1:1');
  if ('problem' in target) throw new Error(target.problem);
  const said: { message: string; data: unknown; passedMs: number }[] = [];
  const from = performance.now();
  const warn = (data: unknown, message: string) =>
    void said.push({ message, data, passedMs: performance.now() - from });
  const closers = closing(() => {});
  const place = { redis: target, dataFolder: 'nowhere' };
  await expect(openRedis(place, { warn, info: () => {} } as unknown as Log, closers)).rejects.toThrow(
    /Redis at redis:\/\/127\.0\.0\.1:1 cannot be reached: connect ECONNREFUSED.*REDIS_URL/,
  );
  const waiting = said.filter(({ message }) => message === 'waiting for Redis');
  expect(waiting.map(({ data }) => data)).toEqual([{ redis: target.shown, givesUpAfterMs: 10_000 }]);
  // Long before it gives up.
  expect(waiting[0]?.passedMs).toBeLessThan(performance.now() - from - 5_000);
  await closers.close();
});
