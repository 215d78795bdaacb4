import { Redis } from 'ioredis';
import { sandboxRedis } from '../../src/sandbox/redis/in-memory-redis.ts';

/** A private Redis of the PATH; never anybody's `REDIS_URL`. */
export type BenchRedis = {
  socketPath: string;
  /** A connection as BullMQ wants it. Closed with the rest. */
  connection(): Redis;
  close(): Promise<void>;
};

/** Null where there is none on the PATH: the in-memory engine would measure itself. */
export async function benchRedis(): Promise<BenchRedis | null> {
  const { target, engine, stop } = await sandboxRedis();
  if (engine !== 'real' || target.kind !== 'socket') {
    await stop();
    return null;
  }
  const { path } = target;
  const opened: Redis[] = [];
  return {
    socketPath: path,
    connection() {
      const client = new Redis({ path, maxRetriesPerRequest: null });
      opened.push(client);
      return client;
    },
    async close() {
      for (const client of opened) client.disconnect();
      await stop();
    },
  };
}

export const noRedis = { skipped: 'no redis-server or valkey-server on the PATH' };
