import { describe, expect, it } from 'vitest';
import { redisFreeTurns, redisTurns } from '../../../src/adapters/redis/turns.ts';
import { turnsContract } from '../../contracts/turns.ts';
import { testRedis } from '../../redis.ts';

const redis = testRedis();
const unending = new AbortController().signal;

turnsContract('over Redis', async () => redisTurns(await redis.client('patient')));

describe('turns over Redis', () => {
  it('lets one at a time work over several processes', async () => {
    const all = await Promise.all([1, 2, 3].map(async () => redisTurns(await redis.client('patient'))));
    let [working, most] = [0, 0];
    const work = async () => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setTimeout(resolve, 5));
      working -= 1;
    };
    await Promise.all(all.map((turns) => turns.hold('shared', unending, work)));
    expect(most).toBe(1);
  });

  it('gives the turn of a holder that died to the next, after the lease', async () => {
    const client = await redis.client('patient');
    await redisTurns(client).hold('other', unending, async () => undefined);
    await client.set('{vaultcheck}:turn:dead', '7', 'PX', 150);
    expect(await redisTurns(client).hold('dead', unending, async () => 'next')).toBe('next');
  });

  it('keeps a turn as long as the work lasts', async () => {
    const client = await redis.client('patient');
    const turns = redisTurns(client, { leaseMs: 90 });
    const isLost = await turns.hold('long', unending, async (lost) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return lost.aborted;
    });
    expect(isLost).toBe(false);
    expect(await client.exists('{vaultcheck}:turn:long')).toBe(0);
  });

  it('tells the work when somebody else has its turn, and leaves that turn alone', async () => {
    const client = await redis.client('patient');
    const turns = redisTurns(client, { leaseMs: 60 });
    await turns.hold('stolen', unending, async (lost) => {
      await client.set('{vaultcheck}:turn:stolen', '999');
      await expect.poll(() => lost.aborted).toBe(true);
    });
    expect(await client.get('{vaultcheck}:turn:stolen')).toBe('999');
  });

  it('takes turns in this process alone while Redis is away', async () => {
    const client = await redis.client('hasty');
    client.disconnect();
    expect(await redisTurns(client).hold('away', unending, async () => 'worked')).toBe('worked');
  });
});

describe('turns for who does not wait', () => {
  it('are one of many, and the others are told', async () => {
    const all = await Promise.all([1, 2, 3].map(async () => redisFreeTurns(await redis.client('patient'))));
    let free: (() => void) | undefined;
    const first = all[0]?.take(
      'card',
      () => new Promise<string>((resolve) => (free = () => resolve('first'))),
    );
    await expect.poll(() => free).toBeDefined();
    expect(await Promise.all(all.map((turns) => turns.take('card', async () => 'second')))).toEqual([
      null,
      null,
      null,
    ]);
    free?.();
    expect(await first).toBe('first');
    expect(await all[1]?.take('card', async () => 'next')).toBe('next');
  });

  it('whose holder stood still too long end nobody else’s', async () => {
    const client = await redis.client('patient');
    const turns = redisFreeTurns(client, { leaseMs: 60 });
    await turns.take('late', async (lost) => {
      // Another process took it over.
      await client.set('{vaultcheck}:turn:late', '999');
      await expect.poll(() => lost.aborted).toBe(true);
    });
    expect(await client.get('{vaultcheck}:turn:late')).toBe('999');
    expect(await turns.take('late', async () => 'mine')).toBeNull();
  });
});
