import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisTarget } from '../../src/adapters/redis/target.ts';
import { startService } from '../../src/cli/run-service.ts';
import { sandboxRedis } from '../../src/sandbox/redis/in-memory-redis.ts';
import { runHere } from '../cli/in-process.ts';
import { type Surroundings, surroundings } from './place.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;
const heardBefore = signals.map((signal) => process.listeners(signal));

let around: Surroundings;
let redis: Awaited<ReturnType<typeof sandboxRedis>>;
let busyPort: string;
let silentPort: string;
let refusingPort: string;
const servers: Server[] = [];
const sockets = new Set<Socket>();

/** A server on a port of its own, which does `each` with whoever connects. */
async function serving(host: string, each: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    each(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : 0);
}

beforeAll(async () => {
  [around, redis] = await Promise.all([surroundings(), sandboxRedis()]);
  busyPort = await serving('0.0.0.0', () => {});
  silentPort = await serving('127.0.0.1', () => {});
  refusingPort = await serving('127.0.0.1', (socket) => {
    socket.on('data', () =>
      socket.write('-WRONGPASS invalid username-password pair or user is disabled.\r\n'),
    );
  });
});
afterAll(async () => {
  // What each start hung on this process.
  for (const [at, signal] of signals.entries()) {
    for (const heard of process.listeners(signal)) {
      if (!heardBefore[at]?.includes(heard)) process.off(signal, heard);
    }
  }
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await redis?.stop();
  await around?.close();
});

/** `vaultcheck start` over the Redis of this test, unless one is named. */
async function started(words: string[], changed: () => Record<string, string>) {
  const { folder: cwd } = around;
  const env: Record<string, string> = { ...around.env, LOG_LEVEL: 'silent', ...changed() };
  const named: RedisTarget | null = env['REDIS_URL'] === around.env['REDIS_URL'] ? redis.target : null;
  const ended = await runHere(['start', ...words], {
    cwd,
    env,
    world: {
      startService: (config) => {
        const target = (named ?? config.environment.redis) as typeof config.environment.redis;
        return startService({ ...config, environment: { ...config.environment, redis: target } });
      },
    },
  });
  for (const secret of [around.vault.reader.password, around.slack.botToken, around.slack.appToken])
    expect(ended.stderr).not.toContain(secret);
  return ended;
}

describe('a start that cannot be ends with its code, and says what to put right', { timeout: 60_000 }, () => {
  const none = () => ({});
  it.concurrent.each<[string, string[], () => Record<string, string>, number, RegExp]>([
    [
      'no tokens',
      [],
      () => ({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' }),
      78,
      /SLACK_BOT_TOKEN: is not set[\s\S]*SLACK_APP_TOKEN: is not set/,
    ],
    ['a token of another kind', [], () => ({ SLACK_BOT_TOKEN: 'xoxp-1' }), 78, /SLACK_BOT_TOKEN: must be/],
    [
      'a bot token that Slack refuses',
      [],
      () => ({ SLACK_BOT_TOKEN: 'xoxb-no-such-token' }),
      78,
      /SLACK_BOT_TOKEN.*invalid_auth.*OAuth & Permissions/,
    ],
    [
      'an app token that Slack refuses',
      [],
      () => ({ SLACK_APP_TOKEN: 'xapp-no-such-token' }),
      78,
      /SLACK_APP_TOKEN.*invalid_auth.*connections:write/,
    ],
    [
      'Slack away',
      [],
      () => ({ SLACK_API_URL: 'http://127.0.0.1:1/api/' }),
      75,
      /Slack cannot be reached.*HTTPS_PROXY/,
    ],
    [
      'Redis away',
      ['--role', 'worker'],
      () => ({ REDIS_URL: 'redis://someone:canary-redis-pw@127.0.0.1:1' }),
      75,
      /Redis at redis:\/\/127\.0\.0\.1:1 cannot be reached/,
    ],
    [
      'a Redis that does not let us in',
      ['--role', 'worker'],
      () => ({ REDIS_URL: `redis://someone:canary-redis-pw@127.0.0.1:${refusingPort}` }),
      78,
      /REDIS_URL: Redis at .* does not accept this user name and password.*correct them in REDIS_URL/,
    ],
    [
      'a Redis that never answers',
      ['--role', 'worker'],
      () => ({ REDIS_URL: `redis://127.0.0.1:${silentPort}` }),
      75,
      /Redis at redis:\/\/127\.0\.0\.1:\d+ cannot be reached: it does not answer/,
    ],
    [
      'a Slack that never answers',
      ['--role', 'bot'],
      () => ({ SLACK_API_URL: `http://127.0.0.1:${silentPort}/api/` }),
      75,
      /Slack cannot be reached/,
    ],
    ['a role without Redis', ['--role', 'bot'], () => ({ REDIS_URL: '' }), 78, /REDIS_URL: is not set/],
    [
      'a busy port of metrics',
      ['--role', 'worker'],
      () => ({ VAULTCHECK_OPS_ADDRESS: `127.0.0.1:${busyPort}` }),
      78,
      /VAULTCHECK_OPS_ADDRESS: .*in use/,
    ],
    [
      "a busy port for Slack's requests",
      [],
      () => ({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'canary-signing', PORT: busyPort }),
      78,
      /PORT: .*EADDRINUSE/,
    ],
    ['no configuration file', ['--config', 'nowhere.yaml'], none, 78, /nowhere\.yaml/],
    ['a role that is none', ['--role', 'wroker'], none, 64, /wroker.*[\s\S]*worker/],
  ])('%s', async (_, ...[words, changed, code, said]) => {
    const ended = await started(words, changed);
    expect({ code: ended.code, stdout: ended.stdout }, ended.stderr).toEqual({ code, stdout: '' });
    expect(ended.stderr).toMatch(said);
    expect(ended.stderr).not.toMatch(/canary|bug in Vaultcheck/);
  });
});
