import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { localNetwork } from '../../../src/adapters/network/network.ts';
import type { CertificateProblem } from '../../../src/domain/evidence/reach.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import { type SimulatorOptions, simulateSecretServer } from '../../../src/sandbox/secret-server/simulator.ts';
import { type NetworkPlaces, networkContract } from '../../contracts/network.ts';

const unending = { signal: new AbortController().signal, sent: () => undefined };

/** Listens and never accepts: its event loop stands still, so that the kernel's queue of connections fills up. */
const stuck = `const s = require('node:net').createServer();
s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(s.address().port) + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

async function places(): Promise<NetworkPlaces> {
  const [mute, closing, child] = [
    await listening(),
    await listening(),
    spawn(process.execPath, ['-e', stuck]),
  ];
  const closed = portOf(closing.server);
  await closing.end();
  const [said] = await once(child.stdout, 'data');
  const silent = Number(String(said));
  const fillers = await filled(silent);
  return {
    open: localNetwork({ connectTimeoutMs: 1000, now: Date.now }),
    listening: { host: '127.0.0.1', port: portOf(mute.server) },
    mute: { host: '127.0.0.1', port: portOf(mute.server) },
    closed: { host: '127.0.0.1', port: closed },
    silent: { host: '127.0.0.1', port: silent },
    async [Symbol.asyncDispose]() {
      for (const socket of fillers) socket.destroy();
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await mute.end();
    },
  };
}

/** Opens connections until one stays pending. */
async function filled(port: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let isOpen = true; isOpen; ) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    const opened = once(socket, 'connect').then(
      () => true,
      () => false,
    );
    const pending = new Promise<false>((resolve) => setTimeout(() => resolve(false), 200).unref());
    isOpen = await Promise.race([opened, pending]);
  }
  return sockets;
}

async function listening() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const end = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { server, end };
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

networkContract('this machine', places);

type Asked = { trusting?: boolean; later?: number; host?: string };

describe('a handshake', () => {
  it.each<[string, SimulatorOptions, Asked, CertificateProblem | null]>([
    ['a trusted certificate', {}, {}, null],
    ['TLS 1.2', { newestTls: 'TLSv1.2' }, {}, null],
    ['an authority that is not named', {}, { trusting: false }, 'untrusted'],
    ['another authority', { certificate: 'untrusted' }, {}, 'untrusted'],
    ['a certificate that ended', { certificate: 'expired' }, {}, 'expired'],
    ['one that ended, of nobody known', { certificate: 'expired' }, { trusting: false }, 'expired'],
    ['one that has not begun', {}, { later: -30 * dayMs }, 'not-yet-valid'],
    ['another name', { certificate: 'wrong-name' }, {}, 'wrong-name'],
    ['an address that it is for', {}, { host: '127.0.0.1' }, null],
    ['TLS 1.1 and nothing newer', { newestTls: 'TLSv1.1' }, {}, 'old-protocol'],
  ])('tells of %s', async (_, simulated, { trusting = true, later = 0, host = 'localhost' }, problem) => {
    const server = await simulateSecretServer(simulated);
    try {
      const open = localNetwork({
        caPem: trusting ? server.caPem : undefined,
        now: () => Date.now() + later,
      });
      const seen = await open(unending).handshake({ host, port: server.port });
      expect(seen.problem).toBe(problem);
      expect(seen.detail).not.toBe('');
      expect(seen.issuer).toContain('authority');
      expect(seen.validTo).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  it('leaves no connection behind', async () => {
    const server = await simulateSecretServer();
    try {
      const open = localNetwork({ caPem: server.caPem, now: Date.now });
      await open(unending).handshake({ host: 'localhost', port: server.port });
      await open(unending).connect({ host: 'localhost', port: server.port });
      await expect.poll(() => server.traffic.openConnections).toBe(0);
    } finally {
      await server.close();
    }
  });
});

describe('what port 80 answers', () => {
  it.each([
    ['page', 'page', 'it answers with HTTP 200'],
    ['redirect', 'redirects', 'it redirects to https (HTTP 301)'],
    ['closed', 'closed', 'it does not speak HTTP'],
  ] as const)('%s', async (answers, state, detail) => {
    const server = await simulateSecretServer();
    try {
      server.plainHttp.answers = answers;
      const sent: string[] = [];
      const network = localNetwork({ now: Date.now })({
        ...unending,
        sent: (source) => void sent.push(source),
      });
      const answer = await network.plainHttp({ host: 'localhost', port: server.plainHttp.port });
      expect(answer).toEqual({ state, detail });
      expect(sent).toEqual(['secret-server']);
    } finally {
      await server.close();
    }
  });
});
