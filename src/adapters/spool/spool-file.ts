import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isAlive } from '../alive.ts';

/** `kept`: lines are added to it. `draining`: its lines are being handed in. */
type State = 'kept' | 'draining';

/**
 * A file of the spool, by its name. `owner` is chosen at the start of a process, since process numbers come again, in a
 * container always the same. `at`: when its first line was kept, in milliseconds.
 */
export type SpoolFile = { name: string; at: string; pid: number; owner: string; state: State };

const pattern = /^events\.(\d{15})\.(\d+)\.([0-9a-f]+)\.\d+\.(kept|draining)$/;

export function spoolFile(name: string): SpoolFile | null {
  const [, at, pid, owner, state] = pattern.exec(name) ?? [];
  if (!at || !pid || !owner || (state !== 'kept' && state !== 'draining')) return null;
  return { name, at, pid: Number(pid), owner, state };
}

/** How a process names its files: never twice the same. By their names, files stand in the order of their first lines. */
export type Naming = { owner: string; next(state: State, at?: string): string };

export function ownNaming(): Naming {
  const owner = randomBytes(6).toString('hex');
  let files = 0;
  return {
    owner,
    next(state, at = String(Date.now()).padStart(15, '0')) {
      files += 1;
      return `events.${at}.${process.pid}.${owner}.${files}.${state}`;
    },
  };
}

/** A file that nobody has touched for so long is nobody's, although a process of that number lives. */
const untouchedMs = 10 * 60_000;

/**
 * Whether the process of a file is gone, so that another may take it over. Of a process on another machine, which shares
 * the folder, only the time tells.
 */
export async function isLeft({ pid }: SpoolFile, path: string): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return true;
  const touchedAt = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - touchedAt > untouchedMs;
}
