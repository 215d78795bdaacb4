import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { secretServer } from '../../../src/adapters/secret-server/secret-server.ts';
import { aRun, aVault, gapErrorOf } from './given.ts';

const current = '/api/v1/users/current';
const asked = ({ server }: Awaited<ReturnType<typeof aVault>>, path = current) =>
  server.traffic.requests.filter((one) => one.path === path).length;

describe('a question that may be asked again', () => {
  it.each([408, 500, 502, 503, 504])('gets over two answers of %i', async (status) => {
    await using given = await aVault();
    given.server.switches.set(current, { kind: 'status', status }, 2);
    expect((await given.vault.self()).id).toBeGreaterThan(0);
    expect(asked(given)).toBe(3);
  });

  it('is given up after the third', async () => {
    await using given = await aVault();
    given.server.switches.set(current, { kind: 'status', status: 500 });
    expect((await gapErrorOf(given.vault.self())).gap.cause).toBe('failing');
    expect(asked(given)).toBe(3);
  });

  it('gets over a kept connection that was cut', async () => {
    await using given = await aVault();
    await given.vault.signIn();
    given.server.switches.set(current, { kind: 'refuse' }, 1);
    expect((await given.vault.self()).id).toBeGreaterThan(0);
  });

  it('waits as long as the server asks, and no longer than the run lasts', async () => {
    await using given = await aVault();
    await given.vault.signIn();
    given.server.switches.set(current, { kind: 'status', status: 429, retryAfterSeconds: 1 }, 1);
    const before = Date.now();
    await given.vault.self();
    expect(Date.now() - before).toBeGreaterThanOrEqual(990);
    given.server.switches.set('/api/v1/users', { kind: 'status', status: 429, retryAfterSeconds: 20 });
    const deadline = new AbortController();
    const throttled = gapErrorOf(given.open(aRun(deadline.signal)).usersNamed('svc-qualys'));
    await expect.poll(() => asked(given, '/api/v1/users')).toBe(1);
    deadline.abort();
    expect((await throttled).gap.cause).toBe('throttled');
    expect(asked(given, '/api/v1/users')).toBe(1);
  });

  it.each([400, 404, 403])('is asked once when the answer is %i', async (status) => {
    await using given = await aVault();
    given.server.switches.set(current, { kind: 'status', status });
    await gapErrorOf(given.vault.self());
    expect(asked(given)).toBe(1);
  });
});

describe('what stands in the way', () => {
  it('names the role permission that the reader may lack', async () => {
    await using given = await aVault();
    const role = given.server.world.roles.find(({ name }) => name === 'Vaultcheck Reader');
    if (role) role.permissions = role.permissions.filter((name) => name !== 'View Users');
    const { gap } = await gapErrorOf(given.vault.usersNamed('svc-qualys'));
    expect(gap).toMatchObject({ cause: 'denied', detail: expect.stringContaining('“View Users”') });
  });

  it('follows no redirect', async () => {
    await using elsewhere = await aVault();
    await using given = await aVault();
    await given.vault.signIn();
    given.server.switches.set(current, { kind: 'redirect', to: `${elsewhere.server.url}${current}` });
    expect((await gapErrorOf(given.vault.self())).gap.cause).toBe('malformed');
    expect(elsewhere.server.traffic.requests).toEqual([]);
  });

  it('hints at the path when Secret Server lies below one', async () => {
    await using given = await aVault({}, (url) => {
      const { origin } = new URL(url);
      return { url: origin, scannerUrl: origin };
    });
    const { gap } = await gapErrorOf(given.vault.signIn());
    expect(gap).toMatchObject({ cause: 'malformed', detail: expect.stringContaining('/SecretServer') });
    expect(await given.vault.health()).toMatchObject({
      state: 'foreign',
      pathSuspect: true,
      detail: expect.stringContaining('/SecretServer'),
    });
    expect(await given.vault.soapDescription()).toMatchObject({ state: 'foreign' });
  });

  it('is a refused connection', async () => {
    await using given = await aVault({}, () => ({
      url: 'https://localhost:1',
      scannerUrl: 'https://localhost:1',
    }));
    expect((await gapErrorOf(given.vault.signIn())).gap.cause).toBe('unreachable');
    expect(await given.vault.health()).toMatchObject({ state: 'silent' });
    expect(await given.vault.soapDescription()).toMatchObject({ state: 'silent' });
  });

  it('is a name that does not resolve', async () => {
    await using given = await aVault({}, () => ({ url: 'https://no-such-host.invalid' }));
    const { gap } = await gapErrorOf(given.vault.signIn());
    expect(gap).toMatchObject({ cause: 'unreachable', detail: expect.stringMatching(/name/) });
  });
});

describe('health', () => {
  it.each([
    [{ kind: 'hang' }, { state: 'silent' }],
    [{ kind: 'half-body' }, { state: 'silent' }],
    [{ kind: 'status', status: 503 }, { state: 'failing' }],
    [{ kind: 'html' }, { state: 'foreign', pathSuspect: false }],
    [{ kind: 'wrong-types' }, { state: 'foreign' }],
    [
      { kind: 'status', status: 503, body: { healthy: false } },
      { state: 'answered', healthy: false },
    ],
  ] as const)('of %j is %j', { timeout: 15_000 }, async (failure, health) => {
    await using given = await aVault();
    given.server.switches.set('/api/v1/healthcheck', failure);
    expect(await given.vault.health()).toMatchObject(health);
  });

  it('is a gap at the deadline of the run', async () => {
    await using given = await aVault();
    given.server.switches.set('all', { kind: 'hang' });
    const deadline = new AbortController();
    const vault = given.open(aRun(deadline.signal));
    const asked = [gapErrorOf(vault.health()), gapErrorOf(vault.soapDescription())];
    await expect.poll(() => given.server.traffic.openRequests).toBe(2);
    deadline.abort();
    expect((await Promise.all(asked)).map(({ gap }) => gap.cause)).toEqual(['timed-out', 'timed-out']);
  });

  it('is asked whatever the certificate, since nothing secret is in it', async () => {
    await using given = await aVault({ certificate: 'expired' });
    expect(await given.vault.health()).toMatchObject({ state: 'answered', healthy: true });
    expect(given.server.traffic.requests.every(({ hasAuthorization }) => !hasAuthorization)).toBe(true);
  });

  it('knows a tenant of the Delinea Platform', async () => {
    await using plain = await answering((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<html><title>Delinea Platform</title></html>');
    });
    expect(await plain.vault.health()).toMatchObject({
      state: 'foreign',
      detail: expect.stringContaining('not supported yet'),
    });
  });

  it('tells when web services are off', async () => {
    await using given = await aVault();
    given.server.world.settings.enableWebServices = false;
    expect(await given.vault.soapDescription()).toMatchObject({ state: 'refused' });
    expect(await given.vault.health()).toMatchObject({ state: 'answered', healthy: true });
  });
});

describe('an answer on the wire', () => {
  const healthy = JSON.stringify({ healthy: true, now: null });

  it('may be compressed', async () => {
    await using plain = await answering((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(healthy));
    });
    expect(await plain.vault.health()).toMatchObject({ state: 'answered', healthy: true });
  });

  it('may not be endless', async () => {
    await using plain = await answering((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const part = Buffer.alloc(1_000_000, ' ');
      const more = () => response.write(part, (error) => !error && !response.destroyed && more());
      more();
    });
    expect(await plain.vault.health()).toMatchObject({ state: 'silent' });
  });

  it('may come through a proxy', async () => {
    const tunnels = new Set<Socket>();
    const proxy = createServer();
    proxy.on('connect', (request, client: Socket) => {
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const target = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(client).pipe(target);
      });
      for (const socket of [client, target]) tunnels.add(socket.on('error', () => undefined));
    });
    const port = await listening(proxy);
    {
      await using given = await aVault({}, () => ({ proxy: `http://127.0.0.1:${port}` }));
      expect(await given.vault.signIn()).toMatchObject({ state: 'accepted' });
      await given.vault.self();
      await using untrusted = await aVault({ certificate: 'wrong-name' }, () => ({
        proxy: `http://127.0.0.1:${port}`,
      }));
      expect((await gapErrorOf(untrusted.vault.signIn())).gap.cause).toBe('unreachable');
      expect(untrusted.server.traffic.requests).toEqual([]);
    }
    expect(tunnels.size).toBeGreaterThan(0);
    for (const socket of tunnels) socket.destroy();
    await ended(proxy);
  });
});

/** A plain server of this machine in place of Secret Server, and the adapter in front of it. */
async function answering(answer: RequestListener) {
  const server = createServer(answer);
  const url = `http://127.0.0.1:${await listening(server)}/SecretServer`;
  const open = secretServer({
    url,
    scannerUrl: url,
    reader: { username: 'reader', domain: null, password: () => 'p4ss' },
    refusals: memoryRefusals(),
    now: Date.now,
  });
  return {
    vault: open(aRun()),
    async [Symbol.asyncDispose]() {
      await open.close();
      await ended(server);
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function ended(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
