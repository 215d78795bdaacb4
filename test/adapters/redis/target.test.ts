import { describe, expect, it } from 'vitest';
import { nameOf, redisTarget } from '../../../src/adapters/redis/target.ts';

describe('REDIS_URL', () => {
  it.each([
    ['redis://:pw@host:6380/2', { kind: 'url', url: 'redis://:pw@host:6380/2' }],
    ['rediss://host', { kind: 'url', url: 'rediss://host' }],
    [
      'redis-sentinel://user:p%40w@a:26379,b/mymaster/3',
      {
        kind: 'sentinel',
        sentinels: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 26379 },
        ],
        name: 'mymaster',
        db: 3,
        username: 'user',
        password: 'p@w',
      },
    ],
    [
      'redis-cluster://[::1]:7000,b:7001?tls=true',
      {
        kind: 'cluster',
        nodes: [
          { host: '::1', port: 7000 },
          { host: 'b', port: 7001 },
        ],
        tls: true,
      },
    ],
  ])('%s', (text, target) => {
    expect(redisTarget(text)).toEqual(target);
  });

  it.each([
    ['host:6379', /not one of redis:\/\//],
    ['http://host', /begins with http/],
    ['redis-sentinel://a:1', /names no master/],
    ['redis-cluster://,', /names no host/],
  ])('%s is refused in words', (text, message) => {
    expect(() => redisTarget(text)).toThrow(message);
  });

  it('is named without its password', () => {
    for (const text of [
      'redis://:canary@h:1/2',
      'redis-sentinel://u:canary@a:1/m',
      'redis-cluster://u:canary@a:1',
    ]) {
      expect(nameOf(redisTarget(text))).not.toContain('canary');
    }
  });
});
