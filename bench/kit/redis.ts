import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findEngine } from '../../src/adapters/redis/private-server.ts';
import { freePort } from './process.ts';

/** A private Redis of the PATH; never anybody's `REDIS_URL`. */
export type BenchRedis = {
  url: string;
  port: number;
  /** A connection as BullMQ wants it. Closed with the rest. */
  connection(): Redis;
  close(): Promise<void>;
};

/** Null where there is none on the PATH: the in-memory engine would measure itself. */
export async function benchRedis(): Promise<BenchRedis | null> {
  const engine = await findEngine();
  if (engine === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  const port = await freePort();
  const memoryOnly = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const child = spawn(
    engine,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...memoryOnly],
    {
      stdio: 'ignore',
    },
  );
  const opened: Redis[] = [];
  const connection = () => {
    const client = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: null });
    // The first connection is tried until the server listens.
    client.on('error', () => {});
    opened.push(client);
    return client;
  };
  await connection().ping();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    connection,
    async close() {
      for (const client of opened) client.disconnect();
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const noRedis = { skipped: 'no redis-server or valkey-server on the PATH' };
