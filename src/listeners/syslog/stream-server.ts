import { createServer, type Server, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { canonicalAddress } from '../../domain/addresses.ts';
import { type Connection, type ConnectionLimits, syslogConnection } from './connection.ts';
import type { Intake } from './intake.ts';

/** Certificate and key (PEM). With a client authority, a sender must show a certificate that it signed. */
export type TlsIdentity = { readonly cert: string; readonly key: string; readonly clientCa: string | null };

export type StreamLimits = ConnectionLimits & {
  readonly maxConnections: number;
  readonly handshakeTimeoutMs: number;
  /** How long senders are listened to once the server is told to stop. */
  readonly leaveWithinMs: number;
};

export type StreamOptions = {
  readonly intake: Intake;
  readonly allows: (address: string) => boolean;
  readonly limits: StreamLimits;
  /** Null for plain TCP. */
  readonly tls: TlsIdentity | null;
};

/** A server that is not listening yet, and how to stop it with all its connections. */
export type StreamServer = { readonly server: Server; stop(): Promise<void> };

/** A syslog server over TCP or TLS. A stranger is refused before the first byte, and before any handshake. */
export function streamServer({ intake, allows, limits, tls }: StreamOptions): StreamServer {
  const sockets = new Set<Socket>();
  const connections = new Set<Connection>();
  const secure = tls && tlsServer(tls, limits.handshakeTimeoutMs);
  const transport = tls ? 'tls' : 'tcp';

  function admit(socket: Socket): void {
    const address = canonicalAddress(socket.remoteAddress ?? '') ?? '';
    // A peer may reset at any moment, also while it is being refused.
    socket.on('error', () => socket.destroy());
    const problem = stranger(address);
    if (problem !== null) {
      intake.counters[problem] += 1;
      socket.destroy();
      return;
    }
    track(socket);
    if (secure) secure.emit('connection', socket);
    else read(socket, address);
  }

  function stranger(address: string): 'addressesRefused' | 'connectionsRefused' | null {
    if (!allows(address)) return 'addressesRefused';
    return sockets.size >= limits.maxConnections ? 'connectionsRefused' : null;
  }

  function track(socket: Socket): void {
    sockets.add(socket);
    intake.counters.connectionsOpen += 1;
    socket.on('close', () => {
      sockets.delete(socket);
      intake.counters.connectionsOpen -= 1;
    });
  }

  function read(socket: Socket, address: string): void {
    const from = { transport, address } as const;
    const connection = syslogConnection(socket, { intake, from, limits, clock });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  }

  secure?.on('secureConnection', (socket) =>
    read(socket, canonicalAddress(socket.remoteAddress ?? '') ?? ''),
  );
  secure?.on('tlsClientError', (_, socket) => {
    intake.counters.handshakesFailed += 1;
    socket.destroy();
  });
  const sweep = sweeping(connections, sweepMs(limits));
  const server = createServer(admit);
  return { server, stop: () => stop(server, { sockets, connections, sweep }, limits.leaveWithinMs) };
}

const clock = () => performance.now();

/** One timer for all connections: a timer per line would cost more than the line. */
function sweeping(connections: ReadonlySet<Connection>, everyMs: number): NodeJS.Timeout {
  const sweepAll = () => {
    for (const connection of connections) connection.sweep(clock());
  };
  // Time passes also while this process is kept from reading: what has come is read before anybody counts as silent.
  return setInterval(() => setImmediate(sweepAll), everyMs).unref();
}

function sweepMs({ flushAfterMs, lineTimeoutMs, idleTimeoutMs }: StreamLimits): number {
  return Math.max(10, Math.min(flushAfterMs, lineTimeoutMs, idleTimeoutMs, 2_000) / 2);
}

/** Never listens itself: it takes over sockets that were admitted. Secret Server speaks TLS 1.2 at most. */
function tlsServer({ cert, key, clientCa }: TlsIdentity, handshakeTimeout: number): TlsServer {
  return createTlsServer({
    cert,
    key,
    minVersion: 'TLSv1.2',
    handshakeTimeout,
    // Without a name of its own, a resumed session with a client certificate is refused.
    sessionIdContext: 'vaultcheck-syslog',
    ...(clientCa === null ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  });
}

type Held = { sockets: Set<Socket>; connections: Set<Connection>; sweep: NodeJS.Timeout };

async function stop(
  server: Server,
  { sockets, connections, sweep }: Held,
  leaveWithinMs: number,
): Promise<void> {
  // Who has connected by now is let in: the system has taken their lines already.
  await nextTurn();
  await nextTurn();
  const closed = new Promise<void>((done) => server.close(() => done()));
  await leave(connections, leaveWithinMs);
  clearInterval(sweep);
  for (const socket of sockets) socket.destroy();
  await closed;
}

/** What was sent before the senders know that nobody listens is read: it would be lost. */
async function leave(connections: ReadonlySet<Connection>, withinMs: number): Promise<void> {
  const giveUpAt = clock() + withinMs;
  for (const connection of connections) connection.leave();
  while ([...connections].some((one) => !one.quiet(clock())) && clock() < giveUpAt) {
    await wait(20);
    // Time passes also while this process is kept from reading: what has come is read first.
    await nextTurn();
  }
}
