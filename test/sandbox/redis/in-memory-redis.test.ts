import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { sandboxRedis } from '../../../src/sandbox/redis/in-memory-redis.ts';

it('the in-memory engine ends also while somebody holds a connection', async () => {
  const redis = await sandboxRedis('');
  expect(redis.engine).toBe('in-memory');
  const [address] = redis.target.kind === 'single' ? redis.target.hosts : [];
  const socket = connect(address?.port ?? 0, address?.host);
  await once(socket, 'connect');
  await redis.stop();
  socket.destroy();
});
