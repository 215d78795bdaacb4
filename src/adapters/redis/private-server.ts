import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { isAlive } from '../alive.ts';
import './fast-strings.ts';

/** A Redis that is ours alone: no port, a socket in a folder of ours. */
export type PrivateRedis = { socketPath: string; pid: number; stop(): Promise<void> };

/** The engines that can serve, in the order they are looked for on the PATH. */
const engines = ['redis-server', 'valkey-server'];

/** A unix socket's path may have about 100 bytes; a longer one is cut by the system without a word. */
const socketPathLimit = 100;

/** The first engine on the PATH, or null. */
export async function findEngine(path = process.env.PATH ?? ''): Promise<string | null> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const name of engines) {
      const file = join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  return null;
}

/**
 * Starts a private server in `folder`, or takes over one that still runs there after its owner was killed: two servers
 * on one append-only file would destroy it. `durable: false` keeps everything in memory (for tests and the demo).
 */
export async function privateRedis(engine: string, folder: string, durable: boolean): Promise<PrivateRedis> {
  const socketPath = join(folder, 'redis.sock');
  if (Buffer.byteLength(socketPath) > socketPathLimit) {
    throw new Error(
      `The data folder's path is too long for a socket (${socketPath}). Set VAULTCHECK_DATA to a shorter one.`,
    );
  }
  const running = await serverAt(socketPath);
  if (running !== null) return { socketPath, pid: running, stop: () => stopPid(running, socketPath) };
  const child = spawn(engine, arguments_(folder, socketPath, durable), {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = collect(child);
  const exited = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${engine} could not be started: ${error.message}`)));
    child.once('exit', (code) =>
      reject(new Error(`${engine} ended with ${code ?? 'a signal'}: ${said().slice(-500)}`)),
    );
  });
  exited.catch(() => {});
  const pid = await Promise.race([answering(socketPath), exited]);
  child.unref();
  return { socketPath, pid, stop: () => stopPid(pid, socketPath) };
}

function arguments_(folder: string, socketPath: string, durable: boolean): string[] {
  const memory = [
    '--port',
    '0',
    '--unixsocket',
    socketPath,
    '--unixsocketperm',
    '700',
    '--dir',
    folder,
    '--save',
    '',
  ];
  const policy = ['--maxmemory-policy', 'noeviction', '--daemonize', 'no', '--loglevel', 'warning'];
  const file = durable ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : ['--appendonly', 'no'];
  return [...memory, ...policy, ...file];
}

function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text.trim();
}

/** The process id of the server that answers at this socket, or null. */
export async function serverAt(socketPath: string): Promise<number | null> {
  const client = new Redis({
    path: socketPath,
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const pid = /process_id:(\d+)/.exec(await client.info('server'))?.[1];
    return pid ? Number(pid) : null;
  } catch {
    return null;
  } finally {
    client.disconnect();
  }
}

/** Asks every 10 ms until the server answers; an append-only file of some size takes a while to load. */
async function answering(socketPath: string): Promise<number> {
  const giveUpAt = Date.now() + 30_000;
  while (Date.now() < giveUpAt) {
    const pid = await serverAt(socketPath);
    if (pid !== null) return pid;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(
    `The private Redis at ${socketPath} did not answer within 30 seconds. Start again, or set REDIS_URL to another one.`,
  );
}

/** SIGTERM lets it write its file out; after five seconds it is killed. */
async function stopPid(pid: number, socketPath: string): Promise<void> {
  signal(pid, 'SIGTERM');
  const killAt = Date.now() + 5_000;
  while (isAlive(pid)) {
    if (Date.now() > killAt) signal(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 10));
    if ((await serverAt(socketPath)) === null && !isAlive(pid)) return;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
