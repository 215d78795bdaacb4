import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

type Wanted = { port: number; line: string } & ({ forMs: number } | { count: number });

/** Sends a line again and again from another process: what sending costs is not the receiver's. How many were sent. */
export async function sendLines(wanted: Wanted): Promise<number> {
  const child = fork(join(import.meta.dirname, 'sender-main.ts'), [
    JSON.stringify({ forMs: 0, count: null, ...wanted }),
  ]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The sender ended with ${code} and said nothing.`);
  });
  ended.catch(() => undefined);
  const [{ sent }] = (await Promise.race([once(child, 'message'), ended])) as [{ sent: number }];
  return sent;
}
