import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answerer, securityHeaders } from './answerer.ts';
import { type CertificateState, issueCertificate } from './certificate.ts';
import { openPlainHttp, type PlainHttpPort } from './plain-http.ts';
import { defaultProfile, type Profile } from './profile.ts';
import { noTraffic, seen, type Traffic } from './requests.ts';
import { send } from './sending.ts';
import { openSessions, type Sessions } from './sessions.ts';
import { failureSwitches, type Switches } from './switches.ts';
import { user } from './world/find.ts';
import { corp, healthyWorld } from './world/healthy.ts';
import type { World } from './world/world.ts';

export type SimulatorOptions = {
  /** Default: the healthy world. */
  world?: World;
  profile?: Partial<Profile>;
  /** Default `/SecretServer`; empty as on the cloud. */
  basePath?: string;
  port?: number;
  certificate?: CertificateState;
  /** `TLSv1.1` for a server that is too old to be trusted. */
  newestTls?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
};

export type SecretServerSimulator = {
  /** With the base path, by name: `https://localhost:PORT/SecretServer`. */
  url: string;
  port: number;
  /** The authority to trust. */
  caPem: string;
  world: World;
  profile: Profile;
  switches: Switches;
  traffic: Traffic;
  sessions: Sessions;
  /** What port 80 of the host would answer. */
  plainHttp: PlainHttpPort;
  /** The reader of the healthy world, with its password. */
  reader: { username: string; domain: string; password: string };
  close(): Promise<void>;
};

/**
 * A Secret Server on this machine, over HTTPS, with a world that can be changed while it runs.
 *
 *     const vault = await simulateSecretServer();
 *     // ask vault.url with vault.caPem trusted, as vault.reader
 *     lockOut(vault.world, corp.scanAccount, '10.9.9.9');                 // world/logins.ts: rows are written
 *     editSecret(vault.world, 'jane', 'scanadmin', { doubleLock: true }); // world/people.ts
 *     vault.switches.set('/api/v1/users', { kind: 'hang' });
 *     expect(vault.traffic.forbidden).toEqual([]);
 *     await vault.close();
 */
export async function simulateSecretServer(options: SimulatorOptions = {}): Promise<SecretServerSimulator> {
  const world = options.world ?? healthyWorld();
  const profile = { ...defaultProfile(), ...options.profile };
  const basePath = options.basePath ?? '/SecretServer';
  const certificate = await issueCertificate(options.certificate);
  const parts = {
    world,
    profile,
    switches: failureSwitches(),
    traffic: noTraffic(),
    sessions: openSessions(world),
  };
  const server = createServer({
    key: certificate.keyPem,
    cert: certificate.certificatePem,
    ...tlsLimits(options.newestTls),
  });
  server.keepAliveTimeout = 60_000;
  serve(server, basePath, parts);
  const port = await listen(server, options.port ?? 0);
  const url = `https://localhost:${port}${basePath}`;
  const plainHttp = await openPlainHttp(() => url);
  return {
    ...parts,
    plainHttp,
    url,
    port,
    caPem: certificate.caPem,
    reader: { username: 'svc-vaultcheck', domain: corp.domain, password: readerPassword(world) },
    async close() {
      await Promise.all([close(server), plainHttp.close()]);
    },
  };
}

type Parts = Pick<SecretServerSimulator, 'world' | 'profile' | 'switches' | 'traffic' | 'sessions'>;

function serve(server: Server, basePath: string, parts: Parts): void {
  const { traffic, switches } = parts;
  const answerTo = answerer(basePath, parts);
  server.on('connection', (socket) => {
    traffic.connections += 1;
    traffic.openConnections += 1;
    socket.on('close', () => {
      traffic.openConnections -= 1;
    });
  });
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    count(traffic, response);
    const what = seen(request, basePath);
    traffic.requests.push(what);
    const failure = switches.take(what.path);
    const reply = await answerTo(request, what, failure);
    await send({ request, response, headers: securityHeaders(parts.world) }, reply, failure);
  });
}

function count(traffic: Traffic, response: ServerResponse): void {
  traffic.openRequests += 1;
  traffic.maxOpenRequests = Math.max(traffic.maxOpenRequests, traffic.openRequests);
  response.on('close', () => {
    traffic.openRequests -= 1;
  });
}

function tlsLimits(newest: SimulatorOptions['newestTls']) {
  if (newest === undefined) return {};
  const isOld = newest === 'TLSv1.1';
  return {
    minVersion: 'TLSv1' as const,
    maxVersion: newest,
    ...(isOld ? { ciphers: 'DEFAULT:@SECLEVEL=0' } : {}),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

const readerPassword = (world: World) => (world.users.length > 0 ? user(world, corp.reader).password : '');
