import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../../src/sandbox/secret-server/simulator.ts';
import type { Failure } from '../../../src/sandbox/secret-server/switches.ts';
import { manySecrets } from '../../../src/sandbox/secret-server/world/build.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { editSecret, shareFolder } from '../../../src/sandbox/secret-server/world/keepers.ts';
import { clientOf } from './client.ts';

let vault: SecretServerSimulator;
let client: ReturnType<typeof clientOf>;

beforeEach(async () => {
  vault = await simulateSecretServer();
  client = clientOf(vault);
});

afterEach(async () => {
  await client.close();
  await vault.close();
});

describe('permissions of the reader', () => {
  it('with List alone: search and audits work, what needs View is refused like an id that is not there', async () => {
    shareFolder(vault.world, 'jane', corp.folder, { with: corp.reader, right: 'List' });
    const { get } = await client.session();
    expect((await get('/v2/secrets')).body.records).toHaveLength(3);
    expect((await get('/v1/secrets/42/audits')).status).toBe(200);
    for (const path of ['/v1/secrets/42/summary', '/v1/secrets/42/state', '/v1/secrets/999/summary']) {
      expect(await get(path)).toMatchObject({ status: 400, body: { errorCode: 'API_AccessDenied' } });
    }
    expect((await get('/v1/secret-permissions?filter.secretId=42')).status).toBe(400);
  });

  it('leaves restricted secrets out of a search unless asked for them', async () => {
    editSecret(vault.world, 'jane', 42, { requiresApproval: true });
    editSecret(vault.world, 'jane', 43, { doubleLock: true });
    const { get } = await client.session();
    const found = async (query: string) =>
      (await get(`/v2/secrets?${query}`)).body.records.map(({ id }) => id);
    expect(await found('')).toEqual([44]);
    expect(await found('filter.includeRestricted=true')).toEqual([42, 44]);
    expect(await found('filter.includeRestricted=true&filter.allowDoubleLocks=true')).toEqual([42, 43, 44]);
  });
});

describe('tokens', () => {
  it('401 for one that never was, 403 for one that ran out', async () => {
    const { get } = await client.session();
    expect((await client.ask('/api/v1/users', { token: 'never' })).status).toBe(401);
    vault.sessions.expireAll();
    expect(await get('/v1/users')).toMatchObject({
      status: 403,
      body: { message: 'Authentication failed or expired token.' },
    });
  });

  it('with web services off refuses the right password, and shows a page at the SOAP address', async () => {
    vault.world.settings.enableWebServices = false;
    const refused = await client.logIn();
    expect(refused.status).toBe(400);
    expect(refused.body['error']).not.toBe('Login failed.');
    const soap = await client.ask('/webservices/SSWebService.asmx?WSDL');
    expect(soap.text).not.toContain('urn:thesecretserver.com');
    expect((await client.ask('/api/v1/healthcheck')).body).toMatchObject({ healthy: true });
  });
});

it('pages by ten, with nextSkip on the last page too', async () => {
  manySecrets(vault.world, 12, vault.world.folders[0]?.id ?? 0);
  const { get } = await client.session();
  const first = (await get('/v2/secrets')).body;
  expect(first).toMatchObject({ total: 15, hasNext: true, nextSkip: 10 });
  const last = (await get('/v2/secrets?skip=10')).body;
  expect(last).toMatchObject({ hasNext: false, nextSkip: 20 });
  expect(first.records).toHaveLength(10);
  expect(last.records).toHaveLength(5);
});

it('has no v2 addresses in the older generation', async () => {
  vault.profile.generation = '10.9';
  const { get } = await client.session();
  expect((await get('/v2/secrets')).status).toBe(404);
  expect((await get('/v1/secrets')).status).toBe(200);
});

it.each([
  ['GET', '/api/v1/secrets/42'],
  ['GET', '/api/v1/secrets/42/fields/password'],
  ['GET', '/api/v1/secrets/42/settings'],
  ['GET', '/api/v1/secrets/42/summary?autoCheckout=true'],
  ['GET', '/api/v2/configuration/general?loadAll=true'],
  ['POST', '/api/v1/reports/execute'],
  ['DELETE', '/api/v1/users/1'],
])('refuses and remembers %s %s', async (method, path) => {
  const { token } = await client.session();
  expect((await client.ask(path, { method, token })).status).toBe(405);
  expect(vault.traffic.forbidden).toHaveLength(1);
});

describe('failure switches', () => {
  const health = '/api/v1/healthcheck';

  it.each<[Failure, object]>([
    [{ kind: 'status', status: 429, retryAfterSeconds: 3 }, { status: 429 }],
    [{ kind: 'html' }, { status: 200, type: 'text/html; charset=utf-8' }],
    [{ kind: 'redirect', to: 'https://localhost/' }, { status: 302 }],
    [{ kind: 'wrong-types', names: ['healthy'] }, { body: expect.objectContaining({ healthy: 'perhaps' }) }],
    [{ kind: 'null-fields', names: ['healthy'] }, { body: expect.objectContaining({ healthy: null }) }],
    [{ kind: 'missing-fields' }, { text: '{}' }],
  ])('%j, once', async (failure, seen) => {
    vault.switches.set(health, failure, 1);
    expect(await client.ask(health)).toMatchObject(seen);
    expect(await client.ask(health)).toMatchObject({ status: 200, body: { healthy: true } });
  });

  it.each<Failure>([{ kind: 'refuse' }, { kind: 'half-body' }])(
    '%j breaks the connection',
    async (failure) => {
      vault.switches.set('all', failure, 1);
      await expect(client.ask(health)).rejects.toThrow();
    },
  );
});
