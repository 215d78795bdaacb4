import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { type ConfigSource, loadServiceConfig } from '../../src/config/load.ts';
import { ConfigError, type Problem } from '../../src/config/problems.ts';
import { redisTarget } from '../../src/config/redis-url.ts';
import { type Role, readServiceEnvironment } from '../../src/config/service-environment.ts';
import { folderWith, minimalYaml } from './files.ts';

const canary = 'canary-91ab';
type Env = Record<string, string>;

function read(env: Env, cwd = '/srv') {
  const problems: Problem[] = [];
  return { problems, environment: readEnvironment({ env, cwd }, problems) };
}

function serve(env: Env, role?: Role) {
  const problems: Problem[] = [];
  const service = readServiceEnvironment({ env, cwd: '/srv' }, problems, role);
  return { service, problems: problems.map(({ where, text }) => `${where} ${text}`) };
}

describe('the environment', () => {
  it('takes an empty variable for an absent one', () => {
    const { environment, problems } = read({
      REDIS_URL: '',
      LOG_LEVEL: '',
      VAULTCHECK_DATA: '',
      HTTPS_PROXY: '',
    });
    expect(environment).toEqual({
      redis: null,
      dataFolder: '/srv/.vaultcheck',
      proxy: null,
      logLevel: 'info',
    });
    expect(problems).toEqual([]);
  });

  it('reads a secret variable from the file that NAME_FILE names', () => {
    const cwd = folderWith({ url: `redis://:${canary}@redis.example\n`, empty: '\n' });
    expect(read({ REDIS_URL_FILE: 'url' }, cwd).environment.redis?.password?.reveal()).toBe(canary);
    expect(read({ REDIS_URL_FILE: 'empty' }, cwd).problems[0]?.text).toMatch(/which is empty/);
    expect(read({ REDIS_URL_FILE: 'none' }, cwd).problems[0]?.text).toMatch(/cannot be read/);
    expect(read({ REDIS_URL_FILE: 'url', REDIS_URL: 'redis://a' }, cwd).problems[0]?.text).toMatch(
      /both set/,
    );
  });

  it.each([
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ REDIS_URL: `http://:${canary}@x` }, 'REDIS_URL'],
    [{ HTTPS_PROXY: `proxy:${canary}` }, 'HTTPS_PROXY'],
  ])('names the variable of %j and not its value', (env, name) => {
    const { problems } = read(env);
    expect(problems.map((one) => one.where)).toEqual([name]);
    expect(JSON.stringify(problems)).not.toContain(canary);
  });
});

describe('REDIS_URL', () => {
  const target = (text: string) => {
    const found = redisTarget(text);
    if ('problem' in found) throw new Error(found.problem);
    return found;
  };

  it.each([
    [
      'redis://r.example',
      { kind: 'single', hosts: [{ host: 'r.example', port: 6379 }], tls: false, database: 0 },
    ],
    [
      'rediss://r.example:7000/2',
      { kind: 'single', hosts: [{ host: 'r.example', port: 7000 }], tls: true, database: 2 },
    ],
    ['redis://[::1]:6380', { kind: 'single', hosts: [{ host: '::1', port: 6380 }] }],
    [
      'redis-sentinel://a:1,b/main',
      {
        kind: 'sentinel',
        hosts: [
          { host: 'a', port: 1 },
          { host: 'b', port: 26_379 },
        ],
        masterName: 'main',
      },
    ],
    [
      'redis-cluster://a:1,b:2',
      {
        kind: 'cluster',
        hosts: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
        masterName: null,
      },
    ],
  ])('reads %s', (text, expected) => {
    expect(target(text)).toMatchObject(expected);
  });

  it('keeps user and password apart, decoded, and out of sight', () => {
    const found = target(`redis://me:${canary}%2F%40@r.example/1`);
    expect(found.username).toBe('me');
    expect(found.password?.reveal()).toBe(`${canary}/@`);
    expect(found.shown).toBe('redis://r.example:6379/1');
    expect(inspect(found, { depth: 9 }) + JSON.stringify(found)).not.toContain(canary);
  });

  it.each([
    'r.example:6379',
    'http://r.example',
    'redis://',
    'redis://a,b',
    'redis://a/x',
    'redis-sentinel://a:26379',
    'redis-cluster://a/1',
    'redis://a:99999',
    'redis://%zz@a',
  ])('refuses %s', (text) => {
    expect(redisTarget(text)).toHaveProperty('problem');
  });
});

const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

describe('what the service reads from the environment', () => {
  it('takes an app token for Socket Mode, and without one signed requests', () => {
    expect(serve(socket).service).toMatchObject({
      role: 'all',
      slack: { intake: { way: 'socket' }, apiUrl: 'https://slack.com/api/' },
      ops: { host: '127.0.0.1', port: 9464 },
    });
    const signed = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', PORT: '8080' };
    expect(serve(signed).service.slack.intake).toMatchObject({ way: 'http', port: 8080 });
  });

  it('lets the flag win over the variable', () => {
    const env = { ...socket, VAULTCHECK_ROLE: 'bot', REDIS_URL: 'redis://r' };
    expect([serve(env).service.role, serve(env, 'worker').service.role]).toEqual(['bot', 'worker']);
  });

  it('turns health and metrics off with the word off', () => {
    expect(serve({ ...socket, VAULTCHECK_OPS_ADDRESS: 'off' }).service.ops).toBeNull();
  });

  it.each<[Env, Role | undefined, string[]]>([
    [{}, undefined, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, undefined, ['SLACK_APP_TOKEN']],
    [
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      undefined,
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    [{}, 'worker', ['REDIS_URL', 'SLACK_BOT_TOKEN']],
    [{}, 'listener', ['REDIS_URL']],
    [{ ...socket, VAULTCHECK_ROLE: 'boss' }, undefined, ['VAULTCHECK_ROLE']],
    [{ ...socket, VAULTCHECK_OPS_ADDRESS: '9464' }, undefined, ['VAULTCHECK_OPS_ADDRESS']],
    [{ ...socket, SLACK_API_URL: 'http://slack.example/api' }, undefined, ['SLACK_API_URL']],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', PORT: 'web' }, undefined, ['PORT']],
  ])('says what is missing or wrong in %j as %s', (env, role, names) => {
    expect(serve(env, role).problems.map((one) => one.split(' ', 1)[0])).toEqual(names);
  });

  it('refuses to start without saying who may do what, with everything else that is wrong', () => {
    const cwd = folderWith({
      'vaultcheck.yaml': `${minimalYaml({ top: 'slack: { alerts: C0ALERTS }' })}\n    odd: 1`,
    });
    const source: ConfigSource = { cwd, env: { READER_PASSWORD: canary } };
    expect(() => loadServiceConfig(source)).toThrow(ConfigError);
    try {
      loadServiceConfig(source);
    } catch (error) {
      const wheres = (error as ConfigError).problems.map((one) => one.where);
      expect(wheres).toEqual(['slack.access', 'integrations[0].odd', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']);
    }
  });
});
