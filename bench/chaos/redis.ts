import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { findEngine } from '../../src/adapters/redis/private-server.ts';
import { freePort } from '../kit/process.ts';

/** A Redis of the PATH that keeps its data in `folder`, on a port that stays the same. */
export type ChaosRedis = { port: number; start(): Promise<void>; stop(): Promise<void> };

const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];

/** Throws where there is none: no other engine survives a restart. */
export async function chaosRedis(folder: string): Promise<ChaosRedis> {
  const engine = await findEngine();
  if (engine === null) throw new Error('There is no redis-server or valkey-server on the PATH: install one.');
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...durable];
  let server: ChildProcess | null = null;
  process.once('exit', () => server?.kill('SIGKILL'));
  return {
    port,
    async start() {
      server = spawn(engine, [...words, '--maxmemory-policy', 'noeviction'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await once(server, 'spawn');
      for await (const chunk of server.stdout ?? []) if (/Ready to accept/.test(String(chunk))) break;
    },
    async stop() {
      if (server === null || server.exitCode !== null) return;
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    },
  };
}
