import { appendFile, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type Naming, ownNaming } from './spool-file.ts';
import { bytesIn, claim, drainFile, folderProblem } from './spool-folder.ts';

/** Lines kept on disk while they cannot be handed in, oldest first. */
export type Spool = {
  /** False when the spool is full: the line is not kept. Rejects when the disk takes nothing. */
  keep(line: string): Promise<boolean>;
  /**
   * Hands every kept line to `take`, in order, and forgets what it took: of this process, and of those that are gone.
   * Rejects with what `take` rejects with; the rest stays. A line may be handed over again after a kill.
   */
  drain(take: (line: string) => Promise<void>): Promise<number>;
  /** Why nothing could be kept, for people; null when it could. */
  problem(): Promise<string | null>;
};

type Options = {
  folder: string;
  /** Beyond this many bytes in the folder nothing more is kept. */
  maxBytes?: number;
};

const defaultMaxBytes = 64 * 1024 * 1024;

/**
 * A spool in a folder of ours. Each process writes a file of its own, so that none appends to what another is handing
 * in, nor to half a line that another was killed over.
 */
export function fileSpool({ folder, maxBytes = defaultMaxBytes }: Options): Spool {
  const naming = ownNaming();
  const inTurn = turns();
  let file: OwnFile | null = null;
  let allBytes: number | null = null;
  return {
    keep: (line) =>
      inTurn(async () => {
        const text = `${line}\n`;
        allBytes ??= await bytesIn(folder);
        if (allBytes + Buffer.byteLength(text) > maxBytes) return false;
        file ??= ownFile(folder, naming);
        await file.append(text);
        allBytes += Buffer.byteLength(text);
        return true;
      }),
    drain: (take) =>
      inTurn(async () => {
        let taken = 0;
        file = null;
        try {
          for (const path of await claim(folder, naming)) taken += await drainFile(path, take);
          return taken;
        } finally {
          // What could not be handed in still counts.
          allBytes = null;
        }
      }),
    problem: () => folderProblem(folder, naming.owner),
  };
}

type OwnFile = { append(text: string): Promise<void> };

function ownFile(folder: string, naming: Naming): OwnFile {
  const path = join(folder, naming.next('kept'));
  let bytes = 0;
  return {
    async append(text) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await appendFile(path, text, { mode: 0o600 });
      } catch (error) {
        // A disk that is full may have taken half of it, and the next line would go on from there.
        await truncate(path, bytes).catch(() => undefined);
        throw error;
      }
      bytes += Buffer.byteLength(text);
    },
  };
}

/** Runs one piece of work after the other, whatever became of the one before. */
function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
}
