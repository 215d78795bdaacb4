import { describe, expect, it } from 'vitest';
import { routeOf, routes } from '../../../src/adapters/qualys/routes.ts';
import { openWire } from '../../../src/adapters/qualys/wire.ts';
import { aQualys, optionsFor } from './given.ts';

const vault = '/api/2.0/fo/vault/';

describe('what may be asked of Qualys', () => {
  it.each([
    ['GET', vault, { action: 'list' }],
    ['GET', vault, { action: 'view', id: '2034' }],
    ['GET', '/api/2.0/fo/auth/windows/', { action: 'list', details: 'All' }],
    ['GET', '/api/2.0/fo/auth/ms_sql/', { action: 'list' }],
    ['GET', '/api/3.0/fo/scan/', { action: 'list', launched_after_datetime: '2026-11-01T00:00:00Z' }],
    ['POST', '/api/5.0/fo/asset/host/', { action: 'list', ips: '10.0.0.1' }],
  ] as const)('allows %s %s %j', (method, path, query) => {
    expect(routeOf(method, path, query)).toBeDefined();
  });

  it.each([
    ['another action', 'GET', vault, { action: 'delete', id: '2034' }],
    ['creating', 'POST', vault, { action: 'create' }],
    ['updating', 'POST', '/api/2.0/fo/auth/windows/', { action: 'update', ids: '1' }],
    ['an action in other letters', 'GET', vault, { action: 'LIST' }],
    ['no action', 'GET', vault, {}],
    ['a view where only lists are', 'GET', '/api/2.0/fo/appliance/', { action: 'view' }],
    ['another parameter', 'GET', vault, { action: 'list', password: 'x' }],
    ['another method', 'DELETE', vault, { action: 'list' }],
    ['POST where GET does', 'POST', vault, { action: 'list' }],
    ['a scan launched', 'POST', '/api/2.0/fo/scan/', { action: 'launch' }],
    ['a path behind it', 'GET', `${vault}../scan/`, { action: 'list' }],
    ['a path before it', 'GET', `/x${vault}`, { action: 'list' }],
    ['a query in the path', 'GET', `${vault}?action=delete&`, { action: 'list' }],
    ['a line break', 'GET', `${vault}\n`, { action: 'list' }],
    ['a type that leads elsewhere', 'GET', '/api/2.0/fo/auth/../vault/', { action: 'list' }],
    ['a type in capitals', 'GET', '/api/2.0/fo/auth/Windows/', { action: 'list' }],
    ['an unknown version', 'GET', '/api/9.0/fo/scan/', { action: 'list' }],
    ['another API', 'GET', '/api/2.0/fo/user/', { action: 'list' }],
    ['the session API', 'POST', '/api/2.0/fo/session/', { action: 'login' }],
  ])('refuses %s', (_, method, path, query) => {
    expect(routeOf(method, path, query)).toBeUndefined();
  });

  it('has lists and views only', () => {
    for (const { action } of Object.values(routes)) expect(['list', 'view']).toContain(action);
  });

  it('sends nothing that is refused', async () => {
    await using given = await aQualys();
    const wire = openWire(optionsFor(given.server));
    const run = { signal: new AbortController().signal, sent: () => undefined };
    const sending = wire.send({ method: 'GET', path: vault, query: { action: 'delete', id: '1' } }, run);
    await expect(sending).rejects.toThrow('is not allowed');
    expect(given.server.requests).toEqual([]);
    wire.close();
  });
});
