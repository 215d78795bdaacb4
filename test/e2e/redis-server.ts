import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, privateRedis } from '../../src/adapters/redis/private-server.ts';
import { type RedisTarget, socketTarget } from '../../src/adapters/redis/target.ts';

const engine = await findEngine();

/** Why tests that stop and kill Redis are skipped; null where a real one is. */
export const noRealRedis = engine === null ? 'no redis-server or valkey-server on the PATH' : null;

/** A Redis that keeps its data, to be stopped, killed and started again. */
export type DurableRedis = {
  target: RedisTarget;
  start(): Promise<void>;
  /** Politely, with everything written. */
  stop(): Promise<void>;
  kill(): void;
  /** Stands still: connections stay, nothing answers. */
  freeze(still: boolean): void;
  close(): Promise<void>;
};

export async function durableRedis(): Promise<DurableRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  let server = await privateRedis(engine ?? 'redis-server', folder, true);
  return {
    target: socketTarget(server.socketPath),
    async start() {
      server = await privateRedis(engine ?? 'redis-server', folder, true);
    },
    stop: () => server.stop(),
    kill: () => void process.kill(server.pid, 'SIGKILL'),
    freeze: (still) => void process.kill(server.pid, still ? 'SIGSTOP' : 'SIGCONT'),
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
