import { randomUUID } from 'node:crypto';
import { localNetwork } from '../../adapters/network/network.ts';
import { redisClient, whenReady } from '../../adapters/redis/connect.ts';
import { serveSite } from '../../adapters/redis/sites/serve.ts';
import type { RedisTarget } from '../../adapters/redis/target.ts';
import { siteLook } from '../../app/site-look.ts';
import type { Endpoint } from '../../ports/network.ts';
import { version } from '../../version.ts';
import { siteNetwork } from './network.ts';
import { healthySite, type SiteWorld } from './world.ts';

export type SiteSimulator = { world: SiteWorld; close(): Promise<void> };

const readyWithinMs = 10_000;

/**
 * The network of an appliance, with a probe in it: the real one, over a real Redis. Only what lies between it and
 * Secret Server is made up.
 */
export async function simulateSite(
  redisAt: RedisTarget,
  allowed: readonly Endpoint[],
  world: SiteWorld = healthySite(),
): Promise<SiteSimulator> {
  const open = () => redisClient(redisAt, 'narrow', () => {});
  const [redis, waiting] = [open(), open()];
  await Promise.all([redis, waiting].map((one) => whenReady(one, redisAt, readyWithinMs)));
  const probe = await serveSite({
    site: world.name,
    probe: { id: randomUUID(), version: version() },
    redis,
    waiting,
    look({ caPem, ...question }, signal) {
      const real = localNetwork({ caPem: caPem ?? undefined, now: Date.now })({ signal, sent: () => {} });
      return siteLook(siteNetwork(world, real), question, allowed);
    },
    onServed: () => {},
    onError: () => {},
  });
  return {
    world,
    async close() {
      await probe.stop();
      redis.disconnect();
      waiting.disconnect();
    },
  };
}
