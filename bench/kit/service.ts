import type { CorpFolder } from './corp.ts';
import { freePort, peerScript, productScript, type Running, running } from './process.ts';
import type { BenchRedis } from './redis.ts';
import type { BenchWorld } from './world.ts';

export type Listening = Running & { port: number };

type Place = { world: BenchWorld; redis: BenchRedis; files: CorpFolder };

/** `vaultcheck start`, taking signed HTTP requests. */
export async function startedService(
  { world, redis, files }: Place,
  role: 'all' | 'bot' | 'worker',
): Promise<Listening> {
  const port = await freePort();
  const env = {
    ...files.env,
    REDIS_URL: redis.url,
    SLACK_SIGNING_SECRET: world.slack?.signingSecret ?? '',
    PORT: String(port),
    LOG_LEVEL: 'info',
  };
  const words = ['start', '--role', role];
  const one = await running({ script: productScript, words, env, cwd: files.folder, ready: /"ready"/ });
  return { ...one, port };
}

/** The smallest Bolt app that acknowledges at once; with a queue, worker and events of BullMQ where Redis is given. */
export async function startedPeer(world: BenchWorld, redis: BenchRedis | null): Promise<Listening> {
  const port = await freePort();
  const env = {
    SLACK_SIGNING_SECRET: world.slack?.signingSecret ?? '',
    SLACK_BOT_TOKEN: world.slack?.botToken ?? '',
    SLACK_API_URL: world.slack?.apiUrl ?? '',
    PORT: String(port),
    ...(redis ? { REDIS_PORT: String(redis.port) } : {}),
  };
  return { ...(await running({ script: peerScript('bare-bolt'), env, ready: /ready \d+/ })), port };
}
