import { appendFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Lines kept on disk while they cannot be handed in, oldest first. */
export type Spool = {
  /** False when the spool is full: the line is not kept. */
  keep(line: string): Promise<boolean>;
  /**
   * Hands every kept line to `take`, in order, and forgets what it took. Rejects with what `take` rejects with; the rest
   * stays. A line may be handed over again after a kill.
   */
  drain(take: (line: string) => Promise<void>): Promise<number>;
};

type Options = {
  folder: string;
  /** Beyond this many bytes nothing more is kept. */
  maxBytes?: number;
};

const defaultMaxBytes = 64 * 1024 * 1024;
const open = 'events.spool';
const draining = /^events\.\d+\.draining$/;

/** A spool in a folder of ours. One process at a time keeps it. */
export function fileSpool({ folder, maxBytes = defaultMaxBytes }: Options): Spool {
  const file = join(folder, open);
  let bytes: Promise<number> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
  const size = () => {
    bytes ??= sizeOf(file);
    return bytes;
  };
  return {
    keep: (line) =>
      inTurn(async () => {
        const text = `${line}\n`;
        const grown = (await size()) + Buffer.byteLength(text);
        if (grown > maxBytes) return false;
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await appendFile(file, text, { mode: 0o600 });
        bytes = Promise.resolve(grown);
        return true;
      }),
    drain: (take) =>
      inTurn(async () => {
        if ((await size()) > 0) await rename(file, join(folder, `events.${Date.now()}.draining`));
        bytes = Promise.resolve(0);
        let taken = 0;
        for (const name of (await namesIn(folder)).filter((one) => draining.test(one)).sort()) {
          taken += await drainFile(join(folder, name), take);
        }
        return taken;
      }),
  };
}

/** A folder that nothing was ever kept in does not exist. */
function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function drainFile(file: string, take: (line: string) => Promise<void>): Promise<number> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  for (const line of lines) await take(line);
  await rm(file, { force: true });
  return lines.length;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
