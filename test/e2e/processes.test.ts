import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findEngine, serverAt } from '../../src/adapters/redis/private-server.ts';
import { reportsTo, type Surroundings, surroundings } from './place.ts';
import { freePort, noRealRedis } from './redis-server.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const loader = import.meta.resolve('tsx');
const children: ChildProcess[] = [];

type Started = {
  child: ChildProcess;
  stderr(): string;
  /** Rejects with what it said when it ends before. */
  ready: Promise<void>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
};

/** `vaultcheck start …` as a process of its own. */
function start(around: Surroundings, words: string[], changed: Record<string, string>): Started {
  const env = { PATH: process.env['PATH'] ?? '', ...around.env, ...changed };
  const child = spawn(process.execPath, ['--import', loader, main, 'start', ...words], {
    cwd: around.folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let stderr = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
      if (stderr.includes('"msg":"ready"')) resolve();
    });
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
  ready.catch(() => {});
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  return { child, stderr: () => stderr, ready, ended };
}

/** Real processes, killed and stopped in the middle of a run. */
describe.skipIf(noRealRedis)(`processes ${noRealRedis ?? ''}`, { timeout: 90_000 }, () => {
  let around: Surroundings;
  let folder: string;
  let redisUrl: string;

  beforeAll(async () => {
    around = await surroundings();
    folder = mkdtempSync(join(tmpdir(), 'vc-'));
    const port = await freePort();
    redisUrl = `redis://127.0.0.1:${port}`;
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    children.push(spawn((await findEngine()) ?? 'redis-server', words, { stdio: 'ignore' }));
  });
  afterEach(() => around.mend());
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    const pid = await serverAt(join(folder, 'd', 'redis.sock'));
    if (pid !== null) process.kill(pid, 'SIGKILL');
    await around?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const role = (name: string) => start(around, ['--role', name], { REDIS_URL: redisUrl });
  const reports = (person: string) => reportsTo(around.slack, person).length;
  const check = (person: string) => around.slack.command(person, 'general', '/vault check scanadmin');
  const arrived = (person: string, count: number) =>
    around.slack.waitFor(() => reports(person) >= count || null, 45_000, `report ${count} for ${person}`);

  async function midRun(): Promise<void> {
    const before = around.vault.traffic.requests.length;
    await expect
      .poll(() => around.vault.traffic.requests.length, { timeout: 20_000 })
      .toBeGreaterThan(before);
  }

  it('give the answer once although the worker is killed in the middle, and stop without losing one', async () => {
    const [bot, first] = [role('bot'), role('worker')];
    await Promise.all([bot.ready, first.ready]);

    around.vault.switches.set('all', { kind: 'hang' });
    await Promise.all([check('U0ANA'), check('U0BEN')]);
    await midRun();
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    around.mend();
    const [second, third] = [role('worker'), role('worker')];
    await Promise.all([arrived('U0ANA', 1), arrived('U0BEN', 1), second.ready, third.ready]);

    around.vault.switches.set('all', { kind: 'slow', delayMs: 300 });
    await Promise.all([check('U0ANA'), check('U0BEN')]);
    await midRun();
    second.child.kill('SIGTERM');
    expect(await second.ended, second.stderr()).toBe(0);
    await Promise.all([arrived('U0ANA', 2), arrived('U0BEN', 2)]);

    third.child.kill('SIGTERM');
    expect(await third.ended, third.stderr()).toBe(0);
    bot.child.kill('SIGTERM');
    expect(await bot.ended, bot.stderr()).toBe(0);
    expect([reports('U0ANA'), reports('U0BEN')]).toEqual([2, 2]);
    expect(around.vault.traffic.forbidden).toEqual([]);
    const logs = [bot, first, second, third].map((one) => one.stderr()).join('');
    expect(logs).not.toContain(around.vault.world.canary);
  });

  it('keep a Redis of their own in the data folder, hand it on after a kill, and leave none behind', async () => {
    const data = join(folder, 'd');
    const socket = join(data, 'redis.sock');
    const own = () => start(around, [], { REDIS_URL: '', VAULTCHECK_DATA: data });
    const killed = own();
    await killed.ready;
    expect(killed.stderr()).toContain('using the private Redis of the data folder');
    const pid = await serverAt(socket);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = own();
    await next.ready;
    expect(await serverAt(socket)).toBe(pid);
    const before = reports('U0ANA');
    await check('U0ANA');
    await arrived('U0ANA', before + 1);
    next.child.kill('SIGTERM');
    expect(await next.ended, next.stderr()).toBe(0);
    expect(await serverAt(socket)).toBeNull();

    const hurried = own();
    await expect.poll(() => existsSync(socket), { timeout: 30_000, interval: 5 }).toBe(true);
    hurried.child.kill('SIGTERM');
    expect(await hurried.ended, hurried.stderr()).toBe(0);
    expect(await serverAt(socket)).toBeNull();
  });
});
