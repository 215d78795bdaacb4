import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type CertificateState, issueCertificate } from '../secret-server/certificate.ts';
import { type Conversation, converse, type DirectoryParts } from './conversation.ts';
import { type DirectorySwitches, type DirectoryTraffic, noDirectoryTraffic } from './switches.ts';
import { corpDirectory, type DirectoryWorld, directoryUser, healthyDirectory } from './world.ts';

export type DirectorySimulatorOptions = {
  /** Default: the healthy domain. */
  world?: DirectoryWorld;
  port?: number;
  certificate?: CertificateState;
  takesClearPasswords?: boolean;
};

export type DirectorySimulator = {
  /** `ldaps://localhost:PORT`. */
  url: string;
  /** `ldap://localhost:PORT`, which takes StartTLS. */
  plainUrl: string;
  /** The authority to trust. */
  caPem: string;
  world: DirectoryWorld;
  switches: DirectorySwitches;
  traffic: DirectoryTraffic;
  /** Our own account in the healthy domain. */
  bind: { dn: string; password: string };
  close(): Promise<void>;
};

/**
 * A domain controller on this machine, over real sockets, with accounts that can be changed while it runs.
 *
 *     const directory = await simulateDirectory();
 *     // ask directory.url with directory.caPem trusted, as directory.bind
 *     lock(directory.world, 'scanadmin');          // changes.ts
 *     directory.switches.failure = 'hang';         // switches.ts
 *     expect(directory.traffic.forbidden).toEqual([]);
 *     await directory.close();
 */
export async function simulateDirectory(
  options: DirectorySimulatorOptions = {},
): Promise<DirectorySimulator> {
  const world = options.world ?? healthyDirectory();
  const certificate = await issueCertificate(options.certificate);
  const context = createSecureContext({ key: certificate.keyPem, cert: certificate.certificatePem });
  const parts: DirectoryParts = {
    world,
    switches: { delayMs: 0, failure: null, times: null },
    traffic: noDirectoryTraffic(),
    takesClearPasswords: options.takesClearPasswords ?? false,
  };
  const sockets = new Set<Socket>();
  const open = async (port: number, isSecure: boolean) => {
    const server = createServer((socket) => {
      keep(socket, sockets, parts);
      receive(socket, { isSecure, context, parts });
    });
    return { server, port: await listen(server, port) };
  };
  const [secure, plain] = [await open(options.port ?? 0, true), await open(0, false)];
  return {
    ...parts,
    url: `ldaps://localhost:${secure.port}`,
    plainUrl: `ldap://localhost:${plain.port}`,
    caPem: certificate.caPem,
    bind: { dn: corpDirectory.bindDn, password: bindPassword(world) },
    async close() {
      const closed = [secure, plain].map(({ server }) => closing(server));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function keep(socket: Socket, sockets: Set<Socket>, { traffic }: DirectoryParts): void {
  sockets.add(socket);
  traffic.connections += 1;
  traffic.openConnections += 1;
  // A client that goes away is no failure of ours.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    sockets.delete(socket);
    traffic.openConnections -= 1;
  });
}

type Received = { isSecure: boolean; context: SecureContext; parts: DirectoryParts };

function receive(socket: Socket, { isSecure, context, parts }: Received): void {
  const { failure } = parts.switches;
  if (failure === 'refuse') {
    socket.destroy();
    return;
  }
  if (failure === 'hang') {
    // Whoever does not read does not see the other side go.
    socket.resume();
    return;
  }
  const talk: Conversation = {
    secure: isSecure,
    user: null,
    startTls() {
      talk.secure = true;
      converse(encrypted(socket, context), talk, parts);
    },
  };
  converse(isSecure ? encrypted(socket, context) : socket, talk, parts);
}

function encrypted(socket: Socket, secureContext: SecureContext): TLSSocket {
  const secure = new TLSSocket(socket, { isServer: true, secureContext });
  secure.on('error', () => undefined);
  return secure;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function bindPassword(world: DirectoryWorld): string {
  return world.users.length > 0 ? directoryUser(world, 'svc-vaultcheck').password : '';
}
