import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressRange } from '../../../src/domain/addresses.ts';
import type { VaultEvent } from '../../../src/domain/vault-event.ts';
import type { EventMeta } from '../../../src/listeners/syslog/intake.ts';
import {
  type SyslogListener,
  type SyslogListenerOptions,
  syslogListener,
} from '../../../src/listeners/syslog/listener.ts';
import { received, vaultLine } from './line.ts';

const here = { host: '127.0.0.1', port: 0 };
const loopback = [addressRange('127.0.0.0/8')].flatMap((range) => range ?? []);
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function listener(options: Partial<SyslogListenerOptions>) {
  const events: VaultEvent[] = [];
  const metas: EventMeta[] = [];
  const started = await syslogListener({
    udp: null,
    tcp: null,
    tls: null,
    allow: loopback,
    timeZoneOf: () => 'UTC',
    now: () => received,
    onEvent: (event, meta) => {
      events.push(event);
      metas.push(meta);
    },
    ...options,
  });
  open.push(started);
  return { started, events, metas };
}

async function tcp(started: SyslogListener): Promise<Socket> {
  const socket = connect(started.bound.tcp?.port ?? 0, '127.0.0.1');
  socket.on('error', () => undefined);
  open.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  return socket;
}

/** However it ended: what was not read when it was closed comes back as a reset. */
const closed = (socket: Socket) => new Promise<void>((done) => void socket.once('close', () => done()));

/** A machine that is busy with other tests takes its time. */
const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 15_000, interval: 10 });

const lockout = (user: string) =>
  vaultLine(
    4,
    'USER – LOCKOUT',
    `msg=[[SecretServer]] Event: [User] Action: [Lockout] suser=${user} duser=${user}`,
  );
const users = (events: readonly VaultEvent[]) => events.map(({ account }) => account?.username);

describe('syslogListener', () => {
  it('hears events over UDP, each datagram one message', async () => {
    const { started, events, metas } = await listener({ udp: here });
    const sender = createSocket('udp4');
    open.push({ close: () => new Promise<void>((done) => sender.close(() => done())) });
    const port = started.bound.udp?.port ?? 0;
    sender.send(`${lockout('one')}\n`, port, '127.0.0.1');
    await eventually(() => expect(events).toHaveLength(1));
    sender.send(`${lockout('two')}\n${lockout('forged')}`, port, '127.0.0.1');
    await eventually(() => expect(events).toHaveLength(2));
    expect(events.every(({ action }) => action === 'account-locked')).toBe(true);
    expect(metas[0]).toEqual({ transport: 'udp', address: '127.0.0.1', receivedAt: received });
  });

  it('hears both framings over TCP, and a last line without an end', async () => {
    const { started, events, metas } = await listener({ tcp: here });
    const socket = await tcp(started);
    const counted = lockout('two');
    socket.write(`${lockout('one')}\r\n${Buffer.byteLength(counted)} ${counted}`);
    socket.end(lockout('three'));
    await eventually(() => expect(users(events)).toEqual(['one', 'two', 'three']));
    expect(metas[0]?.transport).toBe('tcp');
    await eventually(() => expect(started.counters.connectionsOpen).toBe(0));
  });

  it('takes a line without an end when its sender goes quiet, and keeps the connection', async () => {
    const { started, events } = await listener({ tcp: here, limits: { flushAfterMs: 30 } });
    const socket = await tcp(started);
    socket.write(lockout('one'));
    await eventually(() => expect(users(events)).toEqual(['one']));
    socket.write(`${lockout('two')}\n`);
    await eventually(() => expect(users(events)).toEqual(['one', 'two']));
  });

  it('refuses strangers before they can say anything', async () => {
    const allow = [addressRange('10.0.0.0/8')].flatMap((range) => range ?? []);
    const { started, events } = await listener({ udp: here, tcp: here, allow });
    const socket = await tcp(started);
    socket.write(`${lockout('one')}\n`);
    await closed(socket);
    const sender = createSocket('udp4');
    open.push({ close: () => new Promise<void>((done) => sender.close(() => done())) });
    sender.send(lockout('two'), started.bound.udp?.port ?? 0, '127.0.0.1');
    await eventually(() => expect(started.counters.addressesRefused).toBe(2));
    expect(events).toEqual([]);
    expect(started.counters.lines).toBe(0);
  });

  it('allows nobody when nobody is named', async () => {
    const { started } = await listener({ tcp: here, allow: [] });
    await closed(await tcp(started));
    expect(started.counters.addressesRefused).toBe(1);
  });

  it('drops an oversized line, keeps its head, and understands the next', async () => {
    const { started, events } = await listener({ tcp: here, limits: { maxLineBytes: 2_000 } });
    const socket = await tcp(started);
    socket.write(`${lockout('x'.repeat(100_000))}\n${lockout('next')}\n`);
    await eventually(() => expect(users(events)).toEqual(['next']));
    expect(started.counters.problems.oversized).toBe(1);
    const [kept] = started.quarantine();
    expect(kept).toMatchObject({ reason: 'oversized', from: '127.0.0.1', at: received });
    expect(Buffer.byteLength(kept?.text ?? '')).toBe(1024);
  });

  it('closes a connection whose line never ends', async () => {
    const { started } = await listener({ tcp: here, limits: { lineTimeoutMs: 60, flushAfterMs: 5_000 } });
    const socket = await tcp(started);
    const drip = setInterval(() => socket.write('x'), 10);
    await closed(socket);
    clearInterval(drip);
    expect(started.counters.connectionsSlow).toBe(1);
  });

  it('closes a connection that says nothing but pieces without meaning', async () => {
    const { started } = await listener({ tcp: here, limits: { lineTimeoutMs: 5_000, flushAfterMs: 20 } });
    const socket = await tcp(started);
    const drip = setInterval(() => socket.write('x'), 60);
    await closed(socket);
    clearInterval(drip);
    expect(started.counters.connectionsSlow).toBe(1);
  });

  it('closes an idle connection', async () => {
    const { started } = await listener({ tcp: here, limits: { idleTimeoutMs: 40 } });
    await closed(await tcp(started));
    expect(started.counters.connectionsIdle).toBe(1);
  });

  it('refuses more connections than it may hold, and takes new ones when others close', async () => {
    const { started, events } = await listener({ tcp: here, limits: { maxConnections: 1 } });
    const first = await tcp(started);
    await eventually(() => expect(started.counters.connectionsOpen).toBe(1));
    await closed(await tcp(started));
    expect(started.counters.connectionsRefused).toBe(1);
    first.destroy();
    await eventually(() => expect(started.counters.connectionsOpen).toBe(0));
    (await tcp(started)).write(`${lockout('one')}\n`);
    await eventually(() => expect(users(events)).toEqual(['one']));
  });

  it('holds TCP senders back while events cannot be handed over, and loses none', async () => {
    const release: (() => void)[] = [];
    const seen: string[] = [];
    const { started } = await listener({
      tcp: here,
      limits: { maxEventsOpen: 10, idleTimeoutMs: 200 },
      onEvent: (event) => {
        seen.push(event.account?.username ?? '');
        return new Promise<void>((done) => release.push(done));
      },
    });
    const socket = await tcp(started);
    const sent = Array.from({ length: 20_000 }, (_, index) => `user${index}`);
    for (const user of sent) socket.write(`${lockout(user)}\n`);
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(10));
    expect(started.counters.eventsOpen).toBeLessThan(2_000);
    await vi.waitFor(
      () => {
        for (const done of release.splice(0)) done();
        expect(seen.length).toBe(sent.length);
      },
      { timeout: 15_000, interval: 1 },
    );
    expect(seen).toEqual(sent);
  });

  it('counts what its handler fails on, and goes on', async () => {
    let calls = 0;
    const { started } = await listener({
      tcp: here,
      onEvent: () => {
        calls += 1;
        if (calls === 1) throw new Error('gone');
        return Promise.reject(new Error('gone'));
      },
    });
    (await tcp(started)).write(`${lockout('one')}\n${lockout('two')}\n`);
    await eventually(() =>
      expect(started.counters).toMatchObject({ events: 2, handlerFailures: 2, eventsOpen: 0 }),
    );
  });

  it('keeps samples of what it does not understand, and never more than a few', async () => {
    const { started } = await listener({ tcp: here });
    const socket = await tcp(started);
    const foreign = 'Nov 24 02:00:12 FW01 CEF:0|Other|Firewall|1|1|x|1|msg=y';
    for (let count = 0; count < 5_000; count += 1) socket.write(`noise ${count}\n${foreign}\nCEF:0|broken\n`);
    await eventually(() => expect(started.counters.lines).toBe(15_000));
    expect(started.counters.problems).toMatchObject({
      'not-cef': 5_000,
      foreign: 5_000,
      'cef-header': 5_000,
    });
    expect(started.quarantine().length).toBeLessThanOrEqual(75);
    expect(started.quarantine().some(({ text }) => text === 'noise 0')).toBe(true);
    expect(started.quarantine().some(({ text }) => text === 'noise 4095')).toBe(true);
  });

  it.each(['a sender that closes when it is told', 'a sender that does not look'] as const)(
    'stops in the middle of a flow without losing a line of %s',
    async (who) => {
      const done: string[] = [];
      const { started } = await listener({
        tcp: here,
        limits: { leaveWithinMs: 10_000 },
        async onEvent(event) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          done.push(event.account?.username ?? '');
        },
      });
      const socket = connect({
        port: started.bound.tcp?.port ?? 0,
        host: '127.0.0.1',
        allowHalfOpen: who === 'a sender that does not look',
      });
      open.push({ close: () => socket.destroy() });
      const sent: string[] = [];
      let told = false;
      socket.on('end', () => {
        told = true;
      });
      const flow = setInterval(() => {
        for (let count = 0; count < 200 && !told; count += 1) {
          sent.push(`user${sent.length}`);
          socket.write(`${lockout(sent.at(-1) ?? '')}\n`);
        }
      }, 1);
      await eventually(() => expect(done.length).toBeGreaterThan(1_000));
      await started.close();
      clearInterval(flow);
      expect(told).toBe(true);
      expect(done).toHaveLength(sent.length);
    },
  );

  it('stops without losing a datagram that the system had taken', async () => {
    const { started, events } = await listener({ udp: here });
    const sender = createSocket('udp4');
    open.push({ close: () => new Promise<void>((done) => sender.close(() => done())) });
    const port = started.bound.udp?.port ?? 0;
    const sending = Array.from(
      { length: 200 },
      (_, at) =>
        new Promise<void>((done) => sender.send(lockout(`user${at}`), port, '127.0.0.1', () => done())),
    );
    await Promise.all(sending);
    await started.close();
    expect(events).toHaveLength(200);
  });

  it('does not wait for ever for what cannot be handed over', async () => {
    const { started } = await listener({
      tcp: here,
      limits: { settleWithinMs: 50 },
      onEvent: () => new Promise(() => undefined),
    });
    (await tcp(started)).write(`${lockout('one')}\n`);
    await eventually(() => expect(started.counters.eventsOpen).toBe(1));
    await started.close();
    expect(started.counters.eventsOpen).toBe(1);
  });

  it('says which port it could not have, and leaves nothing open', async () => {
    const { started } = await listener({ tcp: here });
    const taken = { host: '127.0.0.1', port: started.bound.tcp?.port ?? 0 };
    await expect(listener({ udp: here, tcp: taken })).rejects.toThrow(
      /cannot listen for syslog at 127\.0\.0\.1:\d+ \(EADDRINUSE\).*listeners\.syslog\.tcp/,
    );
  });
});

describe('syslogListener over TLS', async () => {
  const authority = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  const stranger = await generate([{ name: 'commonName', value: 'stranger' }], { keySize: 2048 });
  const identity = { cert: authority.cert, key: authority.private };

  function dial(started: SyslogListener, client: object) {
    const port = started.bound.tls?.port ?? 0;
    const socket = connectTls({
      port,
      host: '127.0.0.1',
      ca: authority.cert,
      servername: 'localhost',
      ...client,
    });
    socket.on('error', () => undefined);
    open.push({ close: () => socket.destroy() });
    return socket;
  }

  it('hears events', async () => {
    const { started, events, metas } = await listener({ tls: { ...here, ...identity, clientCa: null } });
    dial(started, { maxVersion: 'TLSv1.2' }).write(`${lockout('one')}\n`);
    await eventually(() => expect(users(events)).toEqual(['one']));
    expect(metas[0]).toMatchObject({ transport: 'tls', address: '127.0.0.1' });
  });

  it.each([
    ['TLSv1.2' as const, identity, ['one']],
    ['TLSv1.3' as const, identity, ['one']],
    ['TLSv1.2' as const, { cert: stranger.cert, key: stranger.private }, []],
    ['TLSv1.2' as const, {}, []],
  ])('with an authority for clients, %s: only whom it signed', async (maxVersion, client, heard) => {
    const tls = { ...here, ...identity, clientCa: authority.cert };
    const { started, events } = await listener({ tls });
    dial(started, { ...client, maxVersion }).write(`${lockout('one')}\n`);
    await eventually(() => expect(events.length + started.counters.handshakesFailed).toBe(1));
    expect(users(events)).toEqual(heard);
  });

  it('gives up on a handshake that does not come, and forgets the connection', async () => {
    const tls = { ...here, ...identity, clientCa: null };
    const { started } = await listener({ tls, limits: { handshakeTimeoutMs: 50 } });
    const silent = connect(started.bound.tls?.port ?? 0, '127.0.0.1');
    silent.on('error', () => undefined);
    open.push({ close: () => silent.destroy() });
    await once(silent, 'close');
    expect(started.counters.handshakesFailed).toBe(1);
    await eventually(() => expect(started.counters.connectionsOpen).toBe(0));
  });
});
