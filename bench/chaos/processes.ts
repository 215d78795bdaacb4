import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { productScript } from '../kit/process.ts';

export const roleNames = ['bot', 'worker', 'listener'] as const;
export type RoleName = (typeof roleNames)[number];

/** One process: in which folder its configuration lies. */
export type Start = { name: string; role: RoleName | 'all'; folder: string };

/** Processes of their own, each started anew when it ends, as a service manager does. */
export type Roles = {
  /** Ends the process of that name at once. Returns whether there was one that was ready. */
  kill(name: string): boolean;
  /** Resolves when all are ready. */
  ready(): Promise<void>;
  /** What they wrote at level error or worse, a line each. */
  errors(): string[];
  /** Every poll that worked: of which integration. */
  polls(): string[];
  stop(): Promise<void>;
};

type Kept = { child: ChildProcess; isReady: boolean };

const restartMs = 200;
const readyWithinMs = 60_000;

type Surroundings = {
  starts: readonly Start[];
  env: Record<string, string>;
  /** Where all that they write is kept, a file for each process; null: nowhere. */
  logs: string | null;
};

export function startRoles(place: Surroundings): Roles {
  const running = new Map<string, Kept>();
  const polls: string[] = [];
  const errors: string[] = [];
  let stopping = false;

  const start = (one: Start) => {
    const { name, role, folder } = one;
    const child = spawn(process.execPath, [productScript, 'start', '--role', role], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        ...place.env,
        VAULTCHECK_DATA: join(folder, 'data'),
        LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const kept: Kept = { child, isReady: false };
    running.set(name, kept);
    linesOf(child, (line) => {
      if (place.logs !== null) appendFileSync(join(place.logs, `${name}.log`), `${line}\n`);
      if (line.includes('"msg":"ready"')) kept.isReady = true;
      const polled = /"look":"poll","integration":"([^"]+)".*"msg":"look worked"/.exec(line)?.[1];
      if (polled !== undefined) polls.push(polled);
      if (/"level":"?(error|fatal|50|60)/.test(line) || !line.startsWith('{'))
        errors.push(`${name}: ${line}`);
    });
    child.once('exit', () => {
      kept.isReady = false;
      if (!stopping) setTimeout(() => stopping || start(one), restartMs);
    });
  };
  for (const one of place.starts) start(one);
  // Whatever ends this program, nothing of it stays behind.
  process.once('exit', () => {
    stopping = true;
    for (const { child } of running.values()) child.kill('SIGKILL');
  });

  return {
    kill(name) {
      const kept = running.get(name);
      if (!kept?.isReady) return false;
      return kept.child.kill('SIGKILL');
    },
    async ready() {
      const giveUpAt = Date.now() + readyWithinMs;
      while (![...running.values()].every(({ isReady }) => isReady)) {
        if (Date.now() > giveUpAt)
          throw new Error(`Not all roles became ready: ${errors.slice(-3).join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    errors: () => errors,
    polls: () => polls,
    async stop() {
      stopping = true;
      const alive = [...running.values()].filter(
        ({ child }) => child.exitCode === null && child.signalCode === null,
      );
      await Promise.all(
        alive.map(({ child }) => {
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          return gone;
        }),
      );
    },
  };
}

function linesOf(child: ChildProcess, onLine: (line: string) => void): void {
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  });
}
