import { createServer as createClearServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type CertificateState, issueCertificate } from '../secret-server/certificate.ts';
import { failureSwitches, type Switches } from '../secret-server/switches.ts';
import { answer, type Reply, refusal } from './answers.ts';
import { healthyQualys } from './world/healthy.ts';
import type { World } from './world/world.ts';

/** How a path misbehaves. `code` is one of the vendor's, with its own status. */
export type Failure =
  | { kind: 'hang' }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'refuse' }
  | { kind: 'status'; status: number; retryAfterSeconds?: number }
  | { kind: 'html' }
  | { kind: 'half-body' }
  | { kind: 'wrong-types' }
  | { kind: 'body'; body: string; status?: number }
  | { kind: 'code'; code: number; waitSeconds?: number };

export type SeenRequest = { method: string; path: string; query: Record<string, string> };

export type QualysSimulator = {
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT` with a certificate. */
  url: string;
  /** The authority to trust, where it speaks TLS. */
  caPem: string | undefined;
  world: World;
  switches: Switches<Failure>;
  requests: SeenRequest[];
  /** What a verifier must never send: anything but lists and views. */
  forbidden: SeenRequest[];
  /** The most that were open at once, of one API (`vault`, `auth`, …) or of all. */
  maxOpenRequests(api?: string): number;
  close(): Promise<void>;
};

export type SimulatorOptions = {
  /** Default: the healthy world, whose vault record points at `scannerUrl`. */
  world?: World;
  scannerUrl?: string;
  certificate?: CertificateState;
};

/**
 * A Qualys platform on this machine, with a world that can be changed while it runs.
 *
 *     const scanner = await simulateQualys({ scannerUrl: vault.url });
 *     applianceOffline(scanner.world, 'appliance-01');                       // world/happenings.ts
 *     scanner.switches.set('/api/2.0/fo/vault/', { kind: 'code', code: 1960 }, 2);
 *     expect(scanner.forbidden).toEqual([]);
 */
export async function simulateQualys(options: SimulatorOptions = {}): Promise<QualysSimulator> {
  const scannerUrl = options.scannerUrl ?? 'https://vault.corp.example/SecretServer';
  const world = options.world ?? healthyQualys({ scannerUrl });
  const certificate = options.certificate && (await issueCertificate(options.certificate));
  const server = certificate
    ? createServer({ key: certificate.keyPem, cert: certificate.certificatePem })
    : createClearServer();
  const parts: Parts = { world, switches: failureSwitches<Failure>(), requests: [], forbidden: [] };
  const open = openRequests();
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    response.on('close', open.enter(request.url?.split('/')[4] ?? ''));
    await serve(parts, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...parts,
    url: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    caPem: certificate ? certificate.caPem : undefined,
    maxOpenRequests: open.most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Counts who is inside at once, of each API and of all. `enter` answers with the way out. */
function openRequests() {
  const inside: string[] = [];
  const most = new Map<string, number>();
  const count = (key: string, now: number) => most.set(key, Math.max(most.get(key) ?? 0, now));
  return {
    most: (api = 'all') => most.get(api) ?? 0,
    enter(api: string) {
      inside.push(api);
      count('all', inside.length);
      count(api, inside.filter((one) => one === api).length);
      return () => void inside.splice(inside.indexOf(api), 1);
    },
  };
}

type Parts = Pick<QualysSimulator, 'world' | 'switches' | 'requests' | 'forbidden'>;

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seen = await readRequest(request);
  parts.requests.push(seen);
  if (!['list', 'view'].includes(seen.query.action ?? '')) parts.forbidden.push(seen);
  const failure = parts.switches.take(seen.path);
  if (failure?.kind === 'hang') return;
  if (failure?.kind === 'refuse') {
    request.socket.destroy();
    return;
  }
  if (failure?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, failure.delayMs).unref());
  const reply = replyTo(parts.world, seen, { request, failure });
  const length = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': length,
    ...reply.headers,
  });
  if (failure?.kind === 'half-body') {
    response.write(reply.body.slice(0, Math.ceil(length / 2)), () => response.destroy());
  } else response.end(reply.body);
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const asked = new URLSearchParams([
    ...url.searchParams,
    ...new URLSearchParams(Buffer.concat(parts).toString('utf8')),
  ]);
  return { method: request.method ?? 'GET', path: url.pathname, query: Object.fromEntries(asked) };
}

function replyTo(
  world: World,
  { path, query }: SeenRequest,
  { request, failure }: { request: IncomingMessage; failure: Failure | undefined },
): Reply {
  const page = '<html><head><title>Maintenance</title></head><body>Back soon.</body></html>';
  if (failure?.kind === 'status') {
    const { status, retryAfterSeconds } = failure;
    const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    return { status, body: '', type: 'text/plain', headers };
  }
  if (failure?.kind === 'html') return { status: 200, body: page, type: 'text/html' };
  if (failure?.kind === 'body')
    return { status: failure.status ?? 200, body: failure.body, type: 'application/xml' };
  if (failure?.kind === 'code') return refusal(failure.code, world, failure.waitSeconds);
  if (!isLoggedIn(world, request)) return refusal(2000, world);
  if (world.refusesWith !== null) return refusal(world.refusesWith, world);
  if (!request.headers['x-requested-with']) return refusal(1903, world);
  return answer(world, path, query, failure?.kind === 'wrong-types');
}

function isLoggedIn({ account }: World, { headers }: IncomingMessage): boolean {
  const expected = Buffer.from(`${account.username}:${account.password}`).toString('base64');
  return headers.authorization === `Basic ${expected}`;
}
