import { randomUUID } from 'node:crypto';
import { redisSites } from '../../src/adapters/redis/sites/ask.ts';
import { endpointOf } from '../../src/app/asked-once.ts';
import { simulateDirectory } from '../../src/sandbox/directory/simulator.ts';
import { type DirectoryWorld, healthyDirectory } from '../../src/sandbox/directory/world.ts';
import type { World as QualysWorld } from '../../src/sandbox/qualys/world/world.ts';
import type { Worlds } from '../../src/sandbox/scenarios/story.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { World as VaultWorld } from '../../src/sandbox/secret-server/world/world.ts';
import { simulateSite } from '../../src/sandbox/site/simulator.ts';
import { healthySite } from '../../src/sandbox/site/world.ts';
import type { TestRedis } from '../redis.ts';
import { bothEnds } from './both-ends.ts';
import { directoryFrom } from './simulated-directory.ts';

type Given = {
  vaultWorld?: VaultWorld;
  scannerWorld?: (scannerUrl: string) => QualysWorld;
  directoryWorld?: DirectoryWorld;
};

/** Everything that a scan hangs on, simulated, with the real adapters and a real probe in front of it. */
export async function wholeChain(redis: TestRedis, { directoryWorld, ...given }: Given = {}) {
  // A site of its own for each chain: they run beside each other over one Redis.
  const site = { ...healthySite(), name: `s${randomUUID().slice(0, 8)}` };
  const directory = await simulateDirectory({ world: directoryWorld ?? healthyDirectory() });
  const { url } = directory;
  const { baseDn } = directory.world;
  const ends = await bothEnds({
    ...given,
    settings: { directory: { url, baseDn, accounts: { [corp.secret]: 'CORP\\scanadmin' } } },
  });
  const { sources, settings } = ends.integration;
  for (const appliance of settings.appliances) appliance.site = site.name;
  sources.directory = directoryFrom(directory);
  sources.sites = redisSites({ redis: await redis.client('hasty'), caPem: ends.vault.caPem });
  const probe = await simulateSite(redis.target(), [endpointOf(settings.scannerUrl)], site);
  const worlds: Worlds = {
    vault: ends.vault.world,
    scanner: ends.scanner.world,
    directory: directory.world,
    site,
  };
  return {
    ...ends,
    directory,
    worlds,
    async [Symbol.asyncDispose]() {
      await probe.close();
      await ends[Symbol.asyncDispose]();
      await directory.close();
    },
  };
}
