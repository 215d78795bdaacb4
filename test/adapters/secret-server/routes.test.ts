import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { routeOf, routes } from '../../../src/adapters/secret-server/routes.ts';
import { openWire } from '../../../src/adapters/secret-server/wire.ts';
import { reference, referenceAbsent } from '../../reference.ts';
import { aRun } from './given.ts';

const folder = join(import.meta.dirname, '../../../src/adapters/secret-server');
const described = reference('secret-server/openapi-used.json');

/** In no case whatever: they check out, check in, comment, run SQL, or load a password. */
const never = /autoCheck|forceCheckIn|autoComment|previewSql|dualControl|loadAll|loadEmail|noAutoCheckout/i;

/** Not in the vendor's document of 11.2: the login, the SOAP description, and what older servers have instead. */
const beyond = [
  'POST /oauth2/token',
  'GET /webservices/SSWebService.asmx',
  'GET /api/v1/secrets',
  'GET /api/v1/configuration/login',
];

describe('the list of what may be asked', () => {
  it.each([
    ['GET', '/api/v1/secrets/42', []],
    ['GET', '/api/v2/secrets/42', []],
    ['GET', '/api/v1/secrets/42/fields/password', []],
    ['GET', '/api/v1/secrets/42/settings', []],
    ['GET', '/api/v1/secrets/42/state', ['autoCheckout']],
    ['GET', '/api/v1/secrets/42/state/', []],
    ['GET', '/api/v1/secrets/42/state/../../42', []],
    ['GET', '/api/v1/secrets/42%2F..%2F43/state', []],
    ['GET', '/api/v1/secrets/42/state?forceCheckIn=true', []],
    ['GET', '/api/v2/configuration/general', ['loadEmail']],
    ['GET', '/api/v2/configuration/general', ['loadAll']],
    ['POST', '/api/v1/secrets/42/check-out', []],
    ['POST', '/api/v1/reports/execute', []],
    ['PUT', '/api/v1/users/7', []],
    ['DELETE', '/api/v1/users/7', []],
    ['POST', '/api/v1/users', []],
    ['get', '/api/v1/users', []],
  ])('refuses %s %s %j', (method, path, keys) => {
    expect(routeOf(method, path, keys)).toBeUndefined();
  });

  it('allows a request only when method, path and every key are on it', () => {
    const path = fc.constantFrom(...routes.map((route) => route.path.replace('{id}', '42')));
    const key = fc.constantFrom(
      ...routes.flatMap(({ query }) => query),
      'autoCheckout',
      'loadEmail',
      'secretPath',
    );
    const tail = fc.constantFrom('', '/', '/fields', '/../42', '#x', ' ');
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT'),
        path,
        tail,
        fc.array(key),
        (method, start, end, keys) => {
          const found = routeOf(method, start + end, keys);
          if (!found) return;
          expect(found.method).toBe(method);
          expect(start + end).toMatch(new RegExp(`^${found.path.replace('{id}', '\\d+')}$`));
          expect(keys.filter((one) => !found.query.includes(one) || never.test(one))).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('holds nothing that reveals, changes or costs a check-out', () => {
    expect(routes.flatMap(({ query }) => query).filter((key) => never.test(key))).toEqual([]);
    expect(routes.filter(({ path }) => /settings$|fields|reports|check-?(in|out)/i.test(path))).toEqual([]);
    expect(routes.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      '/oauth2/token',
      '/api/v1/oauth-expiration',
    ]);
  });

  it.skipIf(!described)(`is part of the vendor's own description (else: ${referenceAbsent})`, () => {
    const { paths } = JSON.parse(readFileSync(described ?? '', 'utf8')) as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
    };
    const plain = (path: string) => path.replaceAll(/\{\w+\}/g, '{id}');
    const known = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [] }]) => ({
        name: `${method.toUpperCase()} /api${plain(path)}`,
        query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      })),
    );
    const unknown = routes.flatMap(({ method, path, query }) => {
      const found = known.find(({ name }) => name === `${method} ${path}`);
      if (!found) return [`${method} ${path}`];
      return query.filter((key) => !found.query.includes(key)).map((key) => `${path} ${key}`);
    });
    expect(unknown.sort()).toEqual([...beyond].sort());
  });
});

describe('the one door', () => {
  it('is the only file with an HTTP client', () => {
    const clients =
      /from '(axios|undici|node:https?|node:net|node:tls|node:http2|https-proxy-agent|.*\/http\/client\.ts)'|\bfetch\(|require\(/;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter((name) => clients.test(readFileSync(join(folder, name), 'utf8')))).toEqual([
      'wire.ts',
    ]);
  });

  it('throws before anything is sent that is not on the list', async () => {
    const run = aRun();
    const wire = openWire({
      url: 'https://localhost:1',
      scannerUrl: 'https://localhost:1',
      reader: { username: 'reader', domain: null, password: () => 'p' },
      refusals: memoryRefusals(),
      now: Date.now,
    });
    const request = { side: 'reader', method: 'GET', path: '/api/v1/secrets/42' } as const;
    await expect(wire.send(request, run)).rejects.toThrow('is not allowed');
    expect(run.requests).toEqual([]);
    wire.close();
  });
});
