import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { redisClient } from '../../src/adapters/redis/connect.ts';
import { keyPrefix } from '../../src/adapters/redis/keys.ts';
import { queueName } from '../../src/queue/lanes.ts';
import { cefLine } from '../../src/sandbox/secret-server/event-sender.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import type { WorldEvent } from '../../src/sandbox/secret-server/world/trail.ts';
import { onEvent } from '../../src/sandbox/secret-server/world/world.ts';
import { corpLines, type Running, runningService, type Surroundings, surroundings } from './place.ts';
import { type DurableRedis, durableRedis, noRealRedis } from './redis-server.ts';

/** A listener that no worker stands behind: what it took is counted where it put it. */
describe.skipIf(noRealRedis)(`a listener ${noRealRedis ?? ''}`, { timeout: 90_000 }, () => {
  let around: Surroundings;
  let redis: DurableRedis;
  let client: ReturnType<typeof redisClient>;
  let line: string;
  let port: number;
  const started: Running[] = [];

  beforeAll(async () => {
    port = await freePort();
    redis = await durableRedis();
    client = redisClient(redis.target, 'patient', () => {});
    around = await surroundings((vault) => [corpLines(vault)], {
      listeners: { syslog: { tcp: `127.0.0.1:${port}` } },
    });
    line = lockoutLine(around);
  });
  // All of them listen on one port: one that a failed test left would fail the next.
  afterEach(async () => {
    await redis.start();
    for (const service of started.splice(0)) await service.stop();
  });
  afterAll(async () => {
    client?.disconnect();
    await redis?.close();
    await around?.close();
  });

  const waiting = () => client.llen(`${keyPrefix}:${queueName('observe')}:wait`);
  const pollsAsked = () => client.zcard(`${keyPrefix}:${queueName('poll')}:delayed`);
  async function listener(data = join(around.folder, 'data')): Promise<Running> {
    const service = await runningService(around, redis.target, {
      VAULTCHECK_ROLE: 'listener',
      VAULTCHECK_DATA: data,
    });
    started.push(service);
    return service;
  }
  const eventually = (what: () => Promise<number>, least: number) =>
    expect.poll(what, { timeout: 30_000 }).toBeGreaterThanOrEqual(least);

  /** As Secret Server does: writes until it is told, and then no more. Resolves to how many lines it wrote. */
  function flow(lines: number, everyMs: number): Promise<number> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    let sent = 0;
    const timer = setInterval(() => {
      if (sent >= lines) return void socket.end();
      socket.write(`${line}\n`);
      sent += 1;
    }, everyMs);
    socket.once('end', () => clearInterval(timer));
    return new Promise((done) => {
      socket.once('close', () => {
        clearInterval(timer);
        done(sent);
      });
    });
  }

  async function metric(service: Running, name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${service.opsPort}/metrics`)).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  }

  it('that is told to stop in the middle of a flow hands in every line first', async () => {
    const before = await waiting();
    const service = await listener();
    const sending = flow(100_000, 1);
    await eventually(waiting, before + 200);
    await service.stop();
    expect(await waiting()).toBe(before + (await sending));
  });

  it('asks for a poll at its start: nobody knows what was sent before', async () => {
    await client.flushall();
    const service = await listener();
    await eventually(pollsAsked, 1);
    await service.stop();
  });

  it('keeps on disk what comes while Redis is away, and the next process hands it in', async () => {
    const first = await listener();
    const before = await waiting();
    await redis.stop();
    await flow(50, 1);
    await expect.poll(() => metric(first, 'vaultcheck_events_kept'), { timeout: 30_000 }).toBe(50);
    expect(await metric(first, 'vaultcheck_events_lost')).toBe(0);
    await first.stop();
    await redis.start();
    const second = await listener();
    await expect.poll(waiting, { timeout: 30_000 }).toBe(before + 50);
    await expect
      .poll(second.logged, { timeout: 30_000 })
      .toContain('events handed in that were kept while Redis was away');
    await second.stop();
  });

  it('says and counts what it can neither store nor keep, lives on, and has it looked for', async () => {
    const data = join(around.folder, 'no-folder');
    writeFileSync(data, '');
    const service = await listener(data);
    await expect.poll(service.logged, { timeout: 30_000 }).toMatch(/the data folder cannot be written/);
    await eventually(pollsAsked, 1);
    await redis.stop();
    await flow(20, 1);
    await expect.poll(() => metric(service, 'vaultcheck_events_lost'), { timeout: 30_000 }).toBe(20);
    await expect
      .poll(service.logged, { timeout: 30_000 })
      .toMatch(/events lost: Redis is away, and the spool is full or cannot be written/);
    await redis.start();
    await client.flushall();
    await eventually(pollsAsked, 1);
    const before = await waiting();
    await flow(1, 1);
    await expect.poll(waiting, { timeout: 30_000 }).toBe(before + 1);
    await service.stop();
    rmSync(data);
  });
});

/** What Secret Server sends of a lockout of the scan account. */
function lockoutLine({ vault: { world } }: Surroundings): string {
  const events: WorldEvent[] = [];
  const stop = onEvent(world, (event) => void events.push(event));
  lockOut(world, corp.scanAccount, corp.applianceAddress);
  stop();
  const lockout = events.find(({ eventId }) => String(eventId) === '4') ?? events.at(-1);
  if (!lockout) throw new Error('Nothing was sent of a lockout.');
  return cefLine(lockout, { host: 'VAULT01', version: world.settings.version });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
