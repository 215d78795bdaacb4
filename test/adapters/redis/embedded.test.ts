import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisClient, whenReady } from '../../../src/adapters/redis/connect.ts';
import { embeddedRedis } from '../../../src/adapters/redis/embedded.ts';
import { findEngine } from '../../../src/adapters/redis/private-server.ts';
import type { RedisTarget } from '../../../src/adapters/redis/target.ts';

const engine = await findEngine();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vc-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function say<T>(
  target: RedisTarget,
  words: (client: ReturnType<typeof redisClient>) => Promise<T>,
): Promise<T> {
  const client = redisClient(target, 'hasty', () => {});
  await whenReady(client, target, 5_000);
  const said = await words(client);
  client.disconnect();
  return said;
}

describe.skipIf(engine === null)(
  'the private Redis of the data folder (needs redis-server or valkey-server)',
  () => {
    it('is owned by the first, shared by the second, and keeps its data for the next', async () => {
      const first = await embeddedRedis(folder);
      expect(first.owned).toBe(true);
      await say(first.target, (client) => client.set('kept', 'yes'));
      // Another living process has the folder: this one's parent stands for it.
      await writeFile(join(folder, 'owner.pid'), String(process.ppid));
      const second = await embeddedRedis(folder);
      expect([second.owned, await say(second.target, (client) => client.get('kept'))]).toEqual([
        false,
        'yes',
      ]);
      await second.stop();
      expect(await say(first.target, (client) => client.get('kept'))).toBe('yes');
      await first.stop();
      const third = await embeddedRedis(folder);
      expect(await say(third.target, (client) => client.get('kept'))).toBe('yes');
      await third.stop();
      expect(await readdir(folder)).not.toContain('owner.pid');
    });

    it('is taken over, running or not, from an owner that was killed', async () => {
      const killed = await embeddedRedis(folder);
      await say(killed.target, (client) => client.set('kept', 'yes'));
      await writeFile(join(folder, 'owner.pid'), '999999999');
      const next = await embeddedRedis(folder);
      expect([next.owned, await say(next.target, (client) => client.get('kept'))]).toEqual([true, 'yes']);
      await next.stop();
    });
  },
);

it('says what to install where there is no engine', async () => {
  await expect(embeddedRedis(folder, '/nowhere')).rejects.toThrow(/install redis-server|Install one/);
});
