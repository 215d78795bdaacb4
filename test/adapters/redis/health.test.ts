import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { redisClient, whenReady } from '../../../src/adapters/redis/connect.ts';
import { redisHealth } from '../../../src/adapters/redis/health.ts';
import { testRedis } from '../../redis.ts';

const redis = testRedis();

it('tells a user without rights from a Redis that does not answer', async ({ skip }) => {
  skip(redis.engine() !== 'real', 'needs a redis-server: the in-memory engine has no users');
  const admin = await redis.client('patient');
  const [name, password] = [`narrow-${randomUUID()}`, randomUUID()];
  await admin.call('ACL', 'SETUSER', name, 'on', `>${password}`, '~*', '+get', '+ping');
  const target = { ...redis.target(), username: name, password: { reveal: () => password } };
  const client = redisClient(target, 'hasty', () => {});
  await whenReady(client, target, 5_000);
  await expect(redisHealth(client, target).read()).rejects.toMatchObject({
    gap: { cause: 'denied', detail: expect.stringMatching(/answers, but the user of REDIS_URL may not/) },
  });
  client.disconnect();
  await expect(redisHealth(client, target).read()).rejects.toMatchObject({
    gap: { cause: 'unreachable', detail: expect.stringContaining('does not answer') },
  });
  await admin.call('ACL', 'DELUSER', name);
});
