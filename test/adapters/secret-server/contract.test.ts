import type { Failure } from '../../../src/sandbox/secret-server/switches.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { type VaultFailure, type VaultPlace, vaultContract } from '../../contracts/vault.ts';
import { aVault } from './given.ts';

const failures: Record<VaultFailure, Failure> = {
  hanging: { kind: 'hang' },
  failing: { kind: 'status', status: 503 },
  throttled: { kind: 'status', status: 429, retryAfterSeconds: 3600 },
  'web-page': { kind: 'html' },
  'half-body': { kind: 'half-body' },
  'wrong-types': { kind: 'wrong-types' },
  'null-fields': { kind: 'null-fields' },
  denied: { kind: 'status', status: 400, body: { errorCode: 'API_AccessDenied', message: 'Access Denied' } },
  cut: { kind: 'refuse' },
};

const concurrency = 4;

async function place(): Promise<VaultPlace> {
  const given = await aVault({}, () => ({ concurrency, requestTimeoutMs: 15_000 }));
  const { server, open } = given;
  return {
    open,
    names: { secret: corp.secret, account: 'svc-qualys', group: corp.scanGroup, folder: corp.folder },
    concurrency,
    fail(how) {
      // Only where nothing ever comes is the wait worth shortening: elsewhere a slow machine must not look like that.
      if (how === 'hanging') given.options.requestTimeoutMs = 500;
      server.switches.set(/^\/api/, failures[how]);
    },
    dropToken: (how) => (how === 'ended' ? server.sessions.expireAll() : server.sessions.forgetAll()),
    refuseLogin: () => {
      const reader = server.world.users.find(({ userName }) => userName === 'svc-vaultcheck');
      if (reader) reader.password = 'another one';
    },
    seen: () => ({
      logins: server.traffic.requests.filter(({ path }) => path === '/oauth2/token').length,
      requests: server.traffic.requests.length,
      connections: server.traffic.connections,
      mostAtOnce: server.traffic.maxOpenRequests,
      forbidden: server.traffic.forbidden,
    }),
    sealed: () => [server.reader.password, ...server.sessions.tokens, server.world.canary],
    [Symbol.asyncDispose]: () => given[Symbol.asyncDispose](),
  };
}

vaultContract('Secret Server', place);
