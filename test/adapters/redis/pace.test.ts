import { describe, expect, it } from 'vitest';
import { redisPace } from '../../../src/adapters/redis/pace.ts';
import { testRedis } from '../../redis.ts';

const redis = testRedis();

/** Two processes that share a Redis and a clock of ours. */
async function paces() {
  const clock = { at: 1_000_000 };
  const now = () => clock.at;
  const [one, other] = await Promise.all([redis.client('patient'), redis.client('patient')]);
  await one.flushall();
  return { clock, one: redisPace(one, { now }), other: redisPace(other, { now }) };
}

describe('the pace of a lane', () => {
  it('is one a second over all processes, first come first served', async () => {
    const { one, other, clock } = await paces();
    expect(await one.waitMs('C1', 'a')).toBe(0);
    expect(await other.waitMs('C1', 'b')).toBe(1000);
    expect(await one.waitMs('C1', 'c')).toBe(2000);
    clock.at += 1500;
    expect(await one.waitMs('C1', 'c')).toBe(500);
    expect(await one.waitMs('C1', 'b')).toBe(0);
  });

  it('holds up no other lane', async () => {
    const { one } = await paces();
    await one.hold('C1', 30_000);
    expect(await one.waitMs('C1', 'a')).toBe(30_000);
    expect(await one.waitMs('C2', 'b')).toBe(0);
  });

  it('keeps the order behind a pause that the vendor asked for, and lets nobody rush after it', async () => {
    const { one, clock } = await paces();
    for (const place of ['a', 'b', 'c']) await one.waitMs('C1', place);
    await one.hold('C1', 10_000);
    expect(await Promise.all(['c', 'b', 'a'].map((place) => one.waitMs('C1', place)))).toEqual([
      12_000, 11_000, 10_000,
    ]);
    expect(await one.waitMs('C1', 'd')).toBe(13_000);
    clock.at += 10_000;
    expect(await one.waitMs('C1', 'a')).toBe(0);
  });

  it('lets what has no place go only when nobody waits', async () => {
    const { one, clock } = await paces();
    expect(await one.waitMs('C1', null)).toBe(0);
    expect(await one.waitMs('C1', null)).toBe(1000);
    expect(await one.waitMs('C1', 'card')).toBe(1000);
    expect(await one.waitMs('C1', null)).toBe(2000);
    clock.at += 2000;
    await one.done('C1', 'card');
    expect(await one.waitMs('C1', null)).toBe(0);
  });
});
