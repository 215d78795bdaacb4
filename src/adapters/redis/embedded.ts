import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../alive.ts';
import { findEngine, privateRedis, serverAt } from './private-server.ts';
import { type RedisTarget, socketTarget } from './target.ts';

/** A Redis kept in the data folder. `owned`: this process started it, and stops it. */
export type EmbeddedRedis = { target: RedisTarget; owned: boolean; stop(): Promise<void> };

const attachWithinMs = 10_000;

/**
 * The private Redis of the data folder: started and owned by the first process on that folder, shared by later ones.
 * Rejects with a sentence for people: no engine to start, or a folder that cannot be used.
 */
export async function embeddedRedis(dataFolder: string, path?: string): Promise<EmbeddedRedis> {
  const engine = await findEngine(path);
  if (engine === null) {
    throw new Error(
      'REDIS_URL is not set, and there is no redis-server or valkey-server on the PATH to start a private one. ' +
        'Install one (Debian, Ubuntu: apt install redis-server; macOS: brew install redis), or set REDIS_URL.',
    );
  }
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const socketPath = join(dataFolder, 'redis.sock');
  const owner = await claim(join(dataFolder, 'owner.pid'));
  if (owner !== null) return attach(dataFolder, socketPath, owner);
  const server = await privateRedis(engine, dataFolder, true);
  const stop = async () => {
    await server.stop();
    await rm(join(dataFolder, 'owner.pid'), { force: true });
  };
  return { target: socketTarget(server.socketPath), owned: true, stop };
}

async function attach(dataFolder: string, socketPath: string, owner: number): Promise<EmbeddedRedis> {
  const giveUpAt = Date.now() + attachWithinMs;
  while ((await serverAt(socketPath)) === null) {
    if (Date.now() > giveUpAt) {
      throw new Error(
        `The data folder ${dataFolder} belongs to process ${owner}, but no Redis answers there. ` +
          `If that process is not Vaultcheck, remove ${join(dataFolder, 'owner.pid')}; otherwise set VAULTCHECK_DATA to another folder.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { target: socketTarget(socketPath), owned: false, stop: async () => {} };
}

/** Takes the folder for this process: null, or the id of the living process that has it. */
async function claim(file: string): Promise<number | null> {
  for (;;) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) return owner;
    await discard(file);
  }
}

/** Moves a dead owner's file away. Of two processes that do this at once one finds it gone, and both ask again. */
async function discard(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => {});
  await rm(aside, { force: true });
}
