import { afterAll, beforeAll } from 'vitest';
import { type RedisClient, redisClient, whenReady } from '../src/adapters/redis/connect.ts';
import { findEngine } from '../src/adapters/redis/private-server.ts';
import { type SandboxRedis, sandboxRedis } from '../src/sandbox/redis/in-memory-redis.ts';

/** An engine for one test file; each client is closed with it. */
export type Engine = { engine: string; open(): Promise<RedisClient> };

/** No folder has this name, so no engine is found there. */
const nowhere = '/nonexistent';

const hasReal = (await findEngine()) !== null;

/** The engine in memory, and the real one where the machine has it: a script must mean the same to both. */
export function redisEngines(): Engine[] {
  const engines: Engine[] = [engineOf('in memory', () => sandboxRedis(nowhere))];
  if (hasReal) engines.push(engineOf('real', () => sandboxRedis()));
  return engines;
}

function engineOf(engine: string, start: () => Promise<SandboxRedis>): Engine {
  let redis: SandboxRedis;
  const clients: RedisClient[] = [];
  beforeAll(async () => {
    redis = await start();
  });
  afterAll(async () => {
    for (const made of clients) made.disconnect();
    await redis.stop();
  });
  const open = async () => {
    const made = redisClient(redis.target, 'hasty', () => {});
    clients.push(made);
    await whenReady(made, redis.target, 5_000);
    return made;
  };
  return { engine, open };
}
