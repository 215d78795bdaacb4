import { existsSync } from 'node:fs';
import { redisClient, whenReady } from '../adapters/redis/connect.ts';
import { embeddedRedis } from '../adapters/redis/embedded.ts';
import { redisIncidents } from '../adapters/redis/incidents/incidents.ts';
import type { Environment } from '../config/environment.ts';
import { unusableRedis } from '../roles/redis.ts';
import { UnreachableError } from '../roles/unreachable.ts';
import type { OpenIncidents } from './world.ts';

const readyWithinMs = 5_000;

/** The incidents that a running or stopped service left in its Redis. Throws UnreachableError where there is none. */
export async function openIncidents(
  { redis, dataFolder }: Environment,
  keepMs: number,
): Promise<OpenIncidents> {
  const own = redis ? null : await privateRedis(dataFolder);
  const target = redis ?? own?.target;
  if (!target) throw new UnreachableError('There is no Redis to read: set REDIS_URL.');
  const client = redisClient(target, 'hasty', () => {});
  const close = async () => {
    client.disconnect();
    await own?.stop();
  };
  try {
    await whenReady(client, target, readyWithinMs);
  } catch (error) {
    await close();
    throw unusableRedis(error);
  }
  return { incidents: redisIncidents(client, keepMs), close };
}

async function privateRedis(folder: string) {
  if (!existsSync(folder)) {
    throw new UnreachableError(
      `REDIS_URL is not set, and there is no data folder ${folder}: set REDIS_URL, or VAULTCHECK_DATA to the folder of the service.`,
    );
  }
  return embeddedRedis(folder).catch((error: unknown) => {
    throw new UnreachableError(error instanceof Error ? error.message : 'The private Redis did not start.');
  });
}
