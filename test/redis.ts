import { afterAll, beforeAll } from 'vitest';
import { type RedisClient, redisClient, type Temper, whenReady } from '../src/adapters/redis/connect.ts';
import type { RedisTarget } from '../src/adapters/redis/target.ts';
import { redisTarget } from '../src/config/redis-url.ts';
import { type SandboxRedis, sandboxRedis } from '../src/sandbox/redis/in-memory-redis.ts';

/** A Redis for one test file, and clients that are closed with it. */
export type TestRedis = {
  target(): RedisTarget;
  engine(): SandboxRedis['engine'];
  client(temper: Temper): Promise<RedisClient>;
};

/**
 * One private Redis for the tests of a file. Never `REDIS_URL`: only `VAULTCHECK_TEST_REDIS_URL`, which somebody set
 * for this very purpose, is used, and it is emptied.
 */
export function testRedis(): TestRedis {
  let redis: SandboxRedis;
  const clients: RedisClient[] = [];
  const client = async (temper: Temper) => {
    const made = redisClient(redis.target, temper, () => {});
    clients.push(made);
    await whenReady(made, redis.target, 5_000);
    return made;
  };
  beforeAll(async () => {
    redis = await start();
  });
  afterAll(async () => {
    for (const made of clients) made.disconnect();
    await redis.stop();
  });
  return { target: () => redis.target, engine: () => redis.engine, client };
}

async function start(): Promise<SandboxRedis> {
  const url = process.env.VAULTCHECK_TEST_REDIS_URL;
  if (!url) return sandboxRedis();
  const target = redisTarget(url);
  if ('problem' in target) throw new Error(`VAULTCHECK_TEST_REDIS_URL ${target.problem}`);
  return { target, engine: 'real', stop: async () => {} };
}
