import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { productScript } from '../kit/process.ts';

export const roleNames = ['bot', 'worker', 'listener'] as const;
export type RoleName = (typeof roleNames)[number];

/** The three roles as processes of their own, each started anew when it ends, as a service manager does. */
export type Roles = {
  /** Ends the process at once. Returns whether there was one that was ready. */
  kill(role: RoleName): boolean;
  /** Resolves when all three are ready. */
  ready(): Promise<void>;
  /** What they wrote at level error or worse, a line each. */
  errors(): string[];
  stop(): Promise<void>;
};

type Kept = { child: ChildProcess; isReady: boolean };

const restartMs = 200;
const readyWithinMs = 60_000;

export function startRoles(place: { folder: string; env: Record<string, string> }): Roles {
  const running = new Map<RoleName, Kept>();
  const errors: string[] = [];
  let stopping = false;

  const start = (role: RoleName) => {
    const child = spawn(process.execPath, [productScript, 'start', '--role', role], {
      cwd: place.folder,
      env: { PATH: process.env['PATH'] ?? '', ...place.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const kept: Kept = { child, isReady: false };
    running.set(role, kept);
    linesOf(child, (line) => {
      if (line.includes('"msg":"ready"')) kept.isReady = true;
      if (/"level":"?(error|fatal|50|60)/.test(line) || !line.startsWith('{'))
        errors.push(`${role}: ${line}`);
    });
    child.once('exit', () => {
      kept.isReady = false;
      if (!stopping) setTimeout(() => stopping || start(role), restartMs);
    });
  };
  for (const role of roleNames) start(role);
  // Whatever ends this program, nothing of it stays behind.
  process.once('exit', () => {
    stopping = true;
    for (const { child } of running.values()) child.kill('SIGKILL');
  });

  return {
    kill(role) {
      const kept = running.get(role);
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
