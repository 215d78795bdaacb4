import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisClient } from '../../src/adapters/redis/connect.ts';
import { redisRefusals } from '../../src/adapters/redis/records/once.ts';
import { redisTurns } from '../../src/adapters/redis/turns.ts';
import { composeIntegrations, openIntegrations } from '../../src/compose.ts';
import type { GapCause } from '../../src/domain/gap.ts';
import { Report } from '../../src/domain/report.ts';
import type { Failure } from '../../src/sandbox/secret-server/switches.ts';
import { secret } from '../../src/sandbox/secret-server/world/find.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { shareSecret } from '../../src/sandbox/secret-server/world/keepers.ts';
import { runHere } from '../cli/in-process.ts';
import { testRedis } from '../redis.ts';
import { type Surroundings, surroundings } from './place.ts';

type Asked = { open?: typeof openIntegrations; password?: string; timeout?: string };

/** `vaultcheck check scanadmin --json` in this process, without Redis. */
async function checked(
  { folder, env }: Surroundings,
  { open = openIntegrations, password, timeout = '20s' }: Asked = {},
) {
  const { REDIS_URL: _, ...variables } = env;
  const startedAt = performance.now();
  const ended = await runHere(['check', 'scanadmin', '--json', '--timeout', timeout], {
    cwd: folder,
    env: { ...variables, ...(password ? { SECRET_SERVER_PASSWORD: password } : {}) },
    world: { openIntegrations: open },
  });
  const [report] = Report.array().parse(JSON.parse(ended.stdout));
  if (!report) throw new Error('There is no report.');
  return { ...ended, report, tookMs: performance.now() - startedAt };
}

/** How a group of addresses fails, and what the gap is then called. */
const failures: [how: string, failure: Failure, cause: GapCause][] = [
  ['hangs', { kind: 'hang' }, 'timed-out'],
  ['is cut', { kind: 'refuse' }, 'unreachable'],
  ['answers 403', { kind: 'status', status: 403 }, 'denied'],
  ['answers 429', { kind: 'status', status: 429, retryAfterSeconds: 40 }, 'throttled'],
  ['answers 500', { kind: 'status', status: 500 }, 'failing'],
  ['answers HTML', { kind: 'html' }, 'malformed'],
  ['sends half a body', { kind: 'half-body' }, 'malformed'],
  ['sends wrong types', { kind: 'wrong-types' }, 'malformed'],
  ['redirects', { kind: 'redirect', to: 'https://elsewhere.invalid/' }, 'malformed'],
];

/** What answers ends by itself; what hangs ends at the deadline. */
const timeoutOf = ({ kind }: Failure) => (kind === 'hang' ? '2s' : '20s');

const allOfAccount = [
  'account-enabled',
  'account-unlocked',
  'account-unattended-login',
  'account-least-privilege',
  'account-grouped',
  'account-address-restricted',
  'account-logs-in',
];
const allOfSecret = [
  'secret-found',
  'secret-readable',
  'secret-approval',
  'secret-launcher-password',
  'secret-doublelock',
  'secret-checkout',
  'secret-comment',
  'secret-heartbeat',
  'secret-viewed',
];

/** What is asked there, and the checks that cannot pass without it. */
const groups: [name: string, where: RegExp, resting: string[]][] = [
  ['the users', /\/v1\/users$/, allOfAccount],
  ['the roles', /\/(roles-assigned|permissions)$/, ['account-least-privilege', 'secret-launcher-password']],
  ['the groups', /\/v1\/(groups|users\/\d+\/groups)$/, ['account-grouped']],
  ['the restrictions', /ipaddress-restrictions$/, ['account-address-restricted']],
  ['the audit of users', /\/users\/\d+\/audit$/, ['account-logs-in']],
  ['the search for secrets', /\/v[12]\/secrets$/, allOfSecret],
  ['the permissions of secrets', /\/secret-permissions$/, ['secret-readable']],
  ['the state of secrets', /\/secrets\/\d+\/state$/, ['secret-checkout']],
  ['the access options', /\/secret-access-requests\//, ['secret-approval']],
  ['the audit of secrets', /\/secrets\/\d+\/audits$/, ['secret-viewed']],
];

describe('Secret Server in part broken', { timeout: 60_000 }, () => {
  it.concurrent.each(groups)(
    '%s: unknown with its cause, in time, never pass',
    async (...[, where, resting]) => {
      const around = await surroundings();
      try {
        const { world } = around.vault;
        // Where access is free the settings alone tell, and nothing is missing.
        shareSecret(world, corp.administrator, corp.secret, { with: corp.scanGroup, right: 'Edit' });
        secret(world, corp.secret).requiresApproval = true;
        secret(world, corp.secret).checkOut.enabled = true;
        const healthy = await checked(around);
        const whole = healthy.report.checks.filter(({ id }) => resting.includes(id));
        expect(whole.map(({ verdict }) => verdict)).toEqual(resting.map(() => 'pass'));
        for (const [how, failure, cause] of failures) {
          around.vault.switches.set(where, failure);
          const { report, code, tookMs } = await checked(around, { timeout: timeoutOf(failure) });
          around.vault.switches.clear();
          const rows = report.checks.filter(({ id }) => resting.includes(id));
          const seen = rows.map(({ id, verdict, gaps }) => ({ id, verdict, cause: gaps[0]?.cause }));
          expect(seen, how).toEqual(resting.map((id) => ({ id, verdict: 'unknown', cause })));
          expect({ how, code, overall: report.overall }).toEqual({ how, code: 2, overall: 'unknown' });
          expect(tookMs, how).toBeLessThan(25_000);
        }
        expect(around.vault.traffic.forbidden).toEqual([]);
      } finally {
        await around.close();
      }
    },
  );

  /** In the section of reach not answering is the fact. */
  it.concurrent.each<[string, RegExp, string]>([
    ['the health check', /\/healthcheck$/, 'service-answers'],
    ['the SOAP address', /\.asmx$/, 'web-services-enabled'],
  ])('%s: no pass either', async (...[, where, id]) => {
    const around = await surroundings();
    try {
      for (const [how, failure] of failures) {
        // XML has no types.
        if (id === 'web-services-enabled' && failure.kind === 'wrong-types') continue;
        around.vault.switches.set(where, failure);
        const { report, code, tookMs } = await checked(around, { timeout: timeoutOf(failure) });
        around.vault.switches.clear();
        const row = report.checks.find((one) => one.id === id);
        expect(['fail', 'unknown'], how).toContain(row?.verdict);
        expect(code, how).toBe(report.overall === 'fail' ? 1 : 2);
        expect(tookMs, how).toBeLessThan(25_000);
      }
    } finally {
      await around.close();
    }
  });

  it.concurrent('the login and everything: nothing that needs one passes', async () => {
    const around = await surroundings();
    try {
      for (const where of [/^\/oauth2\/token$/, /./]) {
        for (const [how, failure] of failures) {
          around.vault.switches.set(where, failure);
          const { report, code, tookMs } = await checked(around, { timeout: timeoutOf(failure) });
          around.vault.switches.clear();
          const rows = report.checks.filter(({ id }) => [...allOfAccount, ...allOfSecret].includes(id));
          expect(new Set(rows.map(({ verdict }) => verdict)), how).toEqual(new Set(['unknown']));
          expect([1, 2], how).toContain(code);
          expect(tookMs, how).toBeLessThan(25_000);
        }
      }
    } finally {
      await around.close();
    }
  });
});

describe('a refused password', { timeout: 60_000 }, () => {
  const redis = testRedis();
  let around: Surroundings;
  beforeAll(async () => {
    around = await surroundings();
  });
  afterAll(() => around?.close());

  /** A process of its own, as far as what it remembers goes: its own connection to the shared Redis. */
  const anotherProcess: typeof openIntegrations = async (configs, environment) => {
    const client = redisClient(redis.target(), 'hasty', () => {});
    await new Promise<void>((resolve) => client.once('ready', () => resolve()));
    const opened = composeIntegrations(configs, {
      environment,
      redis: client,
      refusals: redisRefusals(client),
      turns: redisTurns(client),
      now: Date.now,
    });
    const close = async () => {
      await opened.close();
      client.disconnect();
    };
    return { ...opened, close };
  };
  const logins = () => around.vault.traffic.requests.filter(({ path }) => path === '/oauth2/token').length;

  it('is sent once by all processes, those that start together too, until it changes', async () => {
    const wrong = 'canary-wrong-4d1e';
    const together = await Promise.all(
      [1, 2, 3, 4].map(() => checked(around, { open: anotherProcess, password: wrong })),
    );
    const later = await checked(around, { open: anotherProcess, password: wrong });
    expect(logins()).toBe(1);
    for (const { report, stderr, stdout } of [...together, later]) {
      const enabled = report.checks.find(({ id }) => id === 'account-enabled');
      expect(enabled).toMatchObject({ verdict: 'unknown', gaps: [{ cause: 'denied' }] });
      expect(stderr + stdout).not.toContain(wrong);
    }
    await checked(around, { open: anotherProcess, password: 'canary-also-wrong' });
    expect(logins()).toBe(2);
    const right = await checked(around, { open: anotherProcess });
    expect({ code: right.code, logins: logins() }).toEqual({ code: 0, logins: 3 });
    const client = await redis.client('patient');
    const keys = 'keys' in client ? await client.keys('*') : [];
    expect(keys.some((key) => key.includes('refused'))).toBe(true);
    expect(keys.join('\n')).not.toContain('canary');
  });

  it('is not sent by a process that cannot ask whether it was refused', async () => {
    const before = logins();
    const gone: typeof openIntegrations = async (configs, environment) => {
      const client = redisClient(redis.target(), 'hasty', () => {});
      client.disconnect();
      const refusals = redisRefusals(client);
      return composeIntegrations(configs, {
        environment,
        redis: client,
        refusals,
        turns: redisTurns(client),
        now: Date.now,
      });
    };
    const { report, code } = await checked(around, { open: gone });
    expect({ code, logins: logins() - before }).toEqual({ code: 2, logins: 0 });
    const enabled = report.checks.find(({ id }) => id === 'account-enabled');
    expect(enabled?.gaps[0]).toMatchObject({ source: 'vaultcheck', cause: 'unreachable' });
  });
});
