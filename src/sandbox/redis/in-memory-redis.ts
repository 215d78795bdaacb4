import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRedisMock } from 'js-redis-server';
import { findEngine, privateRedis } from '../../adapters/redis/private-server.ts';
import { type RedisTarget, socketTarget } from '../../adapters/redis/target.ts';

/** A Redis for the demo and for tests, gone with everything in it when stopped. Never anybody's `REDIS_URL`. */
export type SandboxRedis = { target: RedisTarget; engine: 'real' | 'in-memory'; stop(): Promise<void> };

/** How long connections may take to be closed from the other side once the in-memory engine is told to stop. */
const hangUpMs = 1_000;

/**
 * The engine of the PATH, private and in a fresh folder; without one a JavaScript engine that speaks the same protocol.
 * The latter has no persistence and is slow with thousands of jobs, which a demo never has.
 */
export async function sandboxRedis(path?: string): Promise<SandboxRedis> {
  const engine = await findEngine(path);
  return engine === null ? inMemory() : real(engine);
}

async function real(engine: string): Promise<SandboxRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  const server = await privateRedis(engine, folder, false);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { target: socketTarget(server.socketPath), engine: 'real', stop };
}

async function inMemory(): Promise<SandboxRedis> {
  const server = await createRedisMock();
  const [address] = server.addresses();
  if (!address) throw new Error('The in-memory Redis gave no address.');
  const { host, port } = address;
  const target: RedisTarget = {
    kind: 'single',
    hosts: [{ host, port }],
    masterName: null,
    tls: false,
    username: null,
    password: null,
    database: 0,
    shown: `redis://${host}:${port}`,
  };
  // It waits for everybody to hang up, which one who waits for Redis never does.
  const stop = () => Promise.race([server.close(), wait(hangUpMs, undefined, { ref: false })]);
  return { target, engine: 'in-memory', stop };
}
