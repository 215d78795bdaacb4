import { expect, it } from 'vitest';
import { redisListening } from '../../src/adapters/redis/records/listening.ts';
import { dayMs } from '../../src/domain/instant.ts';
import { listeningBeat } from '../../src/roles/listening.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();
const start = Date.UTC(2026, 10, 24);

it('is one span while the beats go on, and none of it is a time without them or without Redis', async () => {
  const store = redisListening(await redis.client('hasty'));
  let now = start;
  let away = false;
  const save: typeof store.save = (...given) =>
    away ? Promise.reject(new Error('away')) : store.save(...given);
  const beat = listeningBeat({ save }, { now: () => now });
  const beatAt = async (seconds: number) => {
    now = start + seconds * 1_000;
    await beat().catch(() => {});
  };
  for (const seconds of [0, 10, 20]) await beatAt(seconds);
  away = true;
  await beatAt(30);
  away = false;
  for (const seconds of [40, 50]) await beatAt(seconds);
  // The machine slept.
  for (const seconds of [500, 510]) await beatAt(seconds);
  const told = (await store.spans()).map(({ since, until }) => [since - start, until - start]);
  expect(told.sort(([a = 0], [b = 0]) => a - b)).toEqual([
    [0, 20_000],
    [40_000, 50_000],
    [500_000, 510_000],
  ]);
  await beatAt((3 * dayMs) / 1_000);
  expect(await store.spans()).toHaveLength(1);
});
