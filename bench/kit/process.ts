import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A running program. `readyMs`: from its start until it said that it is ready. */
export type Running = { pid: number; readyMs: number; stop(): Promise<void> };

type Start = { script: string; words?: string[]; env: Record<string, string>; cwd?: string; ready: RegExp };

/** The product as it is shipped: built, run by plain Node. */
export function build(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: ['ignore', 2, 2] });
}

/** The product's program, and the script of a peer. */
export const productScript = join(root, 'dist/main.js');
export const peerScript = (name: string) => join(root, 'bench/peers', `${name}.mjs`);

/** Starts a program of plain Node, with no environment but its own, and waits until it says that it is ready. */
export async function running({ script, words = [], env, cwd = root, ready }: Start): Promise<Running> {
  const from = performance.now();
  const child = spawn(process.execPath, [script, ...words], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await saysIn(child, ready);
  const readyMs = performance.now() - from;
  return {
    pid: child.pid ?? 0,
    readyMs,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
    },
  };
}

function saysIn(child: ChildProcess, ready: RegExp): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-8_000);
      if (ready.test(said)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)));
  });
}

/** Resident memory in MB, as the kernel counts it. */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
