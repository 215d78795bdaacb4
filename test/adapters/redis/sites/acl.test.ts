import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type RedisClient, redisClient, whenReady } from '../../../../src/adapters/redis/connect.ts';
import { redisSites } from '../../../../src/adapters/redis/sites/ask.ts';
import { serveSite } from '../../../../src/adapters/redis/sites/serve.ts';
import { testRedis } from '../../../redis.ts';
import { documentedUser } from './documented-user.ts';

const redis = testRedis();

/** A user of the documented kind, and a client that is logged in as this user. */
async function limited(site: string) {
  const admin = await redis.client('patient');
  const [name, password] = [`probe-${randomUUID()}`, randomUUID()];
  await admin.call('ACL', ...documentedUser(name, site, password));
  const target = { ...redis.target(), username: name, password: { reveal: () => password } };
  const clients: RedisClient[] = [];
  const open = async () => {
    const client = redisClient(target, 'narrow', () => {});
    clients.push(client);
    await whenReady(client, target, 5_000);
    return client;
  };
  const close = async () => {
    for (const client of clients) client.disconnect();
    await admin.call('ACL', 'DELUSER', name);
  };
  return { open, [Symbol.asyncDispose]: close };
}

describe('the documented Redis user of a probe', () => {
  beforeEach(({ skip }) => {
    skip(redis.engine() !== 'real', 'needs a redis-server: the in-memory engine has no users');
  });

  it('can serve its site', async () => {
    const site = `s${randomUUID().slice(0, 8)}`;
    await using user = await limited(site);
    const resolution = { addresses: ['10.0.0.1'], failure: null };
    const seen = { resolution, connection: { state: 'open' as const, detail: 'open' }, certificate: null };
    const errors: unknown[] = [];
    const server = await serveSite({
      site,
      probe: { id: 'p', version: '0.1.0' },
      redis: await user.open(),
      waiting: await user.open(),
      look: async () => seen,
      onServed: () => {},
      onError: (_, error) => void errors.push(error),
    });
    const sites = redisSites({ redis: await redis.client('hasty') })({
      signal: new AbortController().signal,
    });
    expect(await sites.look(site, { host: 'h', port: 443, encrypted: true })).toEqual(seen);
    await server.stop();
    expect(errors).toEqual([]);
    expect((await sites.health(site)).alive).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['take the questions of another site', ['BLPOP', '{vaultcheck-site:lab}:asks', '1']],
    ['answer for another site', ['SET', '{vaultcheck-site:lab}:answer:some-ask', '1']],
    ['give a sign of life for another site', ['HSET', '{vaultcheck-site:lab}:signs', 'p', '1']],
    ['answer for a site whose name begins alike', ['SET', '{vaultcheck-site:dmz2}:answer:some-ask', '1']],
    ['read a report', ['GET', '{vaultcheck}:report:run']],
    ['take a job of the queue', ['BLPOP', '{vaultcheck}:vaultcheck-work:wait', '1']],
    ['read the answers of its own site', ['GET', '{vaultcheck-site:dmz}:answer:some-ask']],
    ['list keys', ['KEYS', '*']],
    ['walk keys', ['SCAN', '0']],
    ['empty the database', ['FLUSHALL']],
    ['run a script', ['EVAL', 'return 1', '0']],
    ['change the server', ['CONFIG', 'GET', '*']],
    ['make users', ['ACL', 'LIST']],
    ['listen to messages', ['SUBSCRIBE', 'all']],
    ['see what others do', ['MONITOR']],
  ])('cannot %s', async (_, [command = '', ...words]) => {
    await using user = await limited('dmz');
    const client = await user.open();
    await expect(client.call(command, ...words)).rejects.toThrow(/NOPERM/);
  });
});
