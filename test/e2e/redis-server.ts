import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
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
  /** Does nothing where it runs. */
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
  let running = true;
  return {
    target: socketTarget(server.socketPath),
    async start() {
      if (running) return;
      server = await privateRedis(engine ?? 'redis-server', folder, true);
      running = true;
    },
    stop() {
      running = false;
      return server.stop();
    },
    kill() {
      running = false;
      process.kill(server.pid, 'SIGKILL');
    },
    freeze(still) {
      if (running) process.kill(server.pid, still ? 'SIGSTOP' : 'SIGCONT');
    },
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A Redis that other processes reach by a URL. It keeps nothing. */
export async function redisOnPort(): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
  const child = spawn(engine ?? 'redis-server', words, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
