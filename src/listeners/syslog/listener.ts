import type { Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type AddressRange, contains } from '../../domain/addresses.ts';
import { datagramSocket, leaveDatagrams } from './datagram-server.ts';
import { type IntakeOptions, lineIntake, type SyslogCounters } from './intake.ts';
import type { QuarantinedLine } from './quarantine.ts';
import { type StreamLimits, streamServer, type TlsIdentity } from './stream-server.ts';

/** Where to listen. Port 0 takes a free one. */
export type Endpoint = { readonly host: string; readonly port: number };

export type SyslogLimits = StreamLimits & {
  readonly maxEventsOpen: number;
  /** How long a stop waits for events that are being handed over. */
  readonly settleWithinMs: number;
};

export type SyslogListenerOptions = Pick<IntakeOptions, 'onEvent' | 'timeZoneOf' | 'now'> & {
  readonly udp: Endpoint | null;
  readonly tcp: Endpoint | null;
  readonly tls: (Endpoint & TlsIdentity) | null;
  /** Who may send. Empty: nobody. */
  readonly allow: readonly AddressRange[];
  readonly limits?: Partial<SyslogLimits>;
};

export type SyslogListener = {
  /** Where it listens indeed. */
  readonly bound: Readonly<Record<'udp' | 'tcp' | 'tls', AddressInfo | null>>;
  readonly counters: SyslogCounters;
  quarantine(): readonly QuarantinedLine[];
  /** Closes all sockets. What was sent by then is read, and handed over, before it resolves. */
  close(): Promise<void>;
};

/** One line of 7.8 kB is known; four times 64 KiB would be a stack trace that nobody sends. */
const defaults: SyslogLimits = {
  maxLineBytes: 64 * 1024,
  flushAfterMs: 2_000,
  lineTimeoutMs: 30_000,
  idleTimeoutMs: 60 * 60_000,
  maxConnections: 256,
  handshakeTimeoutMs: 10_000,
  maxEventsOpen: 2_000,
  leaveWithinMs: 2_000,
  settleWithinMs: 5_000,
};

type Opened = { readonly bound: AddressInfo; stop(): Promise<void> };

/**
 * Listens for Secret Server's events over what is configured, and hands each to `onEvent`.
 * Rejects with a sentence for people when a port cannot be had; nothing stays open then.
 */
export async function syslogListener(options: SyslogListenerOptions): Promise<SyslogListener> {
  const limits = { ...defaults, ...options.limits };
  const intake = lineIntake({ ...options, maxEventsOpen: limits.maxEventsOpen });
  const allows = (address: string) => options.allow.some((range) => contains(range, address));
  const { udp, tcp, tls } = options;
  const shared = { intake, allows, limits };
  const opening = [
    udp && openDatagrams(datagramSocket(udp.host, { ...shared, ...limits }), udp, limits.leaveWithinMs),
    tcp && openStream(streamServer({ ...shared, tls: null }), tcp, 'tcp'),
    tls && openStream(streamServer({ ...shared, tls }), tls, 'tls'),
  ];
  const settled = await Promise.allSettled(opening);
  const opened = settled.map((one) => (one.status === 'fulfilled' ? one.value : null));
  const stopAll = async () => {
    await Promise.all(opened.map((one) => one?.stop()));
    await Promise.race([intake.settled(), wait(limits.settleWithinMs, undefined, { ref: false })]);
  };
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= stopAll();
    return closing;
  };
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const [udpBound = null, tcpBound = null, tlsBound = null] = opened.map((one) => one?.bound ?? null);
  return {
    bound: { udp: udpBound, tcp: tcpBound, tls: tlsBound },
    counters: intake.counters,
    quarantine: intake.quarantine,
    close,
  };
}

async function openDatagrams(
  socket: DatagramSocket,
  { host, port }: Endpoint,
  leaveWithinMs: number,
): Promise<Opened> {
  try {
    await listening(socket, 'udp', { host, port }, () => socket.bind(port, host));
  } catch (error) {
    socket.close();
    throw error;
  }
  // After the start, an error is about one datagram: the next is received all the same.
  socket.on('error', () => undefined);
  return {
    bound: socket.address(),
    stop: () => leaveDatagrams(socket, leaveWithinMs),
  };
}

type Stream = { readonly server: Server; stop(): Promise<void> };

async function openStream(
  { server, stop }: Stream,
  { host, port }: Endpoint,
  key: 'tcp' | 'tls',
): Promise<Opened> {
  try {
    await listening(server, key, { host, port }, () => server.listen(port, host));
  } catch (error) {
    await stop();
    throw error;
  }
  server.on('error', () => undefined);
  return { bound: server.address() as AddressInfo, stop };
}

async function listening(
  socket: DatagramSocket | Server,
  key: 'udp' | 'tcp' | 'tls',
  { host, port }: Endpoint,
  start: () => void,
): Promise<void> {
  const ready = once(socket, 'listening');
  start();
  try {
    await ready;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Error(
      `cannot listen for syslog at ${host}:${port} (${code}): free the port or choose another in listeners.syslog.${key}; ports below 1024 need a privilege`,
    );
  }
}
