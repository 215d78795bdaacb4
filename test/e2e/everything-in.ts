import type { TestRedis } from '../redis.ts';

/** Every key with what it holds. */
export async function everythingIn(redis: TestRedis): Promise<string> {
  const client = await redis.client('patient');
  if (!('keys' in client)) return '';
  const keys = await client.keys('*');
  const values = await Promise.all(
    keys.map(async (key) => {
      const type = await client.type(key);
      if (type === 'string') return client.get(key);
      if (type === 'hash') return client.hgetall(key);
      if (type === 'zset') return client.zrange(key, '0', '-1');
      if (type === 'list') return client.lrange(key, 0, -1);
      if (type === 'set') return client.smembers(key);
      return type === 'stream' ? client.xrange(key, '-', '+') : null;
    }),
  );
  return JSON.stringify(keys.map((key, at) => [key, values[at]]));
}
