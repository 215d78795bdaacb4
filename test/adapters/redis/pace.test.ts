import { describe, expect, it } from 'vitest';
import { redisPace } from '../../../src/adapters/redis/pace.ts';
import { redisEngines } from '../../redis-engines.ts';

describe.each(redisEngines())('the pace of a lane ($engine)', ({ open }) => {
  /** Two processes that share a Redis and a clock of ours. */
  async function paces(creditMs = 0) {
    const clock = { at: 1_000_000_000 };
    const now = () => clock.at;
    const [one, other] = await Promise.all([open(), open()]);
    await one.flushall();
    return { clock, one: redisPace(one, { now, creditMs }), other: redisPace(other, { now, creditMs }) };
  }
  const turn = (place: string, since = 0, lane = 'C1') => ({ lane, place, since });
  const [a, b, c] = [turn('a', 1), turn('b', 2), turn('c', 3)];

  it('is one at a time and one a second over all processes, the oldest first', async () => {
    const { one, other, clock } = await paces();
    expect(await one.ask(turn('early', 0))).toBe(0);
    expect(await other.ask(b)).toBe(1000);
    expect(await other.ask(c)).toBe(2000);
    // Asked last, and older than those that wait.
    expect(await one.ask(a)).toBe(1000);
    clock.at += 1000;
    expect(await one.ask(a), 'the first is still on its way').toBeGreaterThan(0);
    await one.done(turn('early', 0));
    expect(await other.ask(b)).toBe(1000);
    expect(await one.ask(a)).toBe(0);
    clock.at += 1000;
    expect(await one.ask(a), 'the job of a killed process is taken up').toBe(0);
    expect(await other.ask(b)).toBeGreaterThan(0);
  });

  it('lends to what is urgent, and keeps the pace over a longer time', async () => {
    const { one, clock } = await paces(2_000);
    const sent: number[] = [];
    for (let place = 0; place < 8; place += 1) {
      for (let wait = await one.ask(turn(`p${place}`, place)); wait > 0; ) {
        clock.at += wait;
        wait = await one.ask(turn(`p${place}`, place));
      }
      sent.push(clock.at - 1_000_000_000);
      await one.done(turn(`p${place}`, place));
    }
    expect(sent).toEqual([0, 0, 0, 1000, 2000, 3000, 4000, 5000]);
  });

  it('never has the urgent wait for the patient, which take what is left', async () => {
    const { one, clock } = await paces(2_000);
    const line = { ...turn('line', 3_600_000), patient: true };
    let lines = 0;
    for (let card = 0; card < 20; card += 1) {
      const place = turn(`card ${card}`, card);
      expect(await one.ask(place), `card ${card}`).toBe(0);
      await one.done(place);
      expect(await one.ask(line), 'nothing is lent to it').toBeGreaterThan(0);
      clock.at += 1000;
      const sending = (await one.ask(line)) === 0;
      clock.at += 200;
      if (!sending) continue;
      const during = turn(`beside ${card}`, card);
      expect(await one.ask(during), 'one that is being sent is not waited for').toBe(0);
      await one.done(line);
      await one.done(during);
      clock.at += 1000;
      lines += 1;
    }
    expect(lines).toBeGreaterThan(2);
    expect(lines).toBeLessThan(6);
  });

  it('lends nothing right after a pause that the vendor asked for', async () => {
    const { one, clock } = await paces(2_000);
    await one.ask(a);
    await one.failed(a, 10_000);
    clock.at += 10_000;
    expect(await one.ask(a)).toBe(0);
    await one.done(a);
    expect(await one.ask(b)).toBe(1000);
  });

  it('holds up no other lane', async () => {
    const { one } = await paces();
    expect(await one.ask(a)).toBe(0);
    expect(await one.failed(a, 30_000)).toBe(30_000);
    expect(await one.ask(b)).toBe(31_000);
    expect(await one.ask(turn('a', 1, 'C2'))).toBe(0);
  });

  it('keeps the order behind a pause that the vendor asked for, and lets nobody rush after it', async () => {
    const { one, clock } = await paces();
    await one.ask(a);
    await one.failed(a, 10_000);
    const waits = [await one.ask(c), await one.ask(b), await one.ask(a)];
    expect(waits).toEqual([11_000, 11_000, 10_000]);
    clock.at += 10_000;
    expect(await one.ask(b)).toBe(1000);
    expect(await one.ask(a)).toBe(0);
  });

  it('tries what failed again before anything behind it, each time later', async () => {
    const { one, other, clock } = await paces();
    const pauses: number[] = [];
    await one.ask(a);
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const pause = await one.failed(a, null);
      pauses.push(pause);
      expect(await other.ask(b)).toBe(pause + 1000);
      clock.at += pause;
      expect(await other.ask(b), 'it stays behind').toBeGreaterThan(0);
      expect(await one.ask(a)).toBe(0);
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 16_000]);
    await one.done(a);
    clock.at += 1000;
    expect(await other.ask(b)).toBe(0);
  });

  it('passes over who does not come for its turn, and lets it in again when it does', async () => {
    const { one, clock } = await paces();
    await one.ask(a);
    await one.failed(a, null);
    clock.at += 5000;
    expect(await one.ask(b), 'it may still come').toBeGreaterThan(0);
    clock.at += 7000;
    expect(await one.ask(b)).toBe(0);
    await one.done(b);
    clock.at += 1000;
    expect(await one.ask(a)).toBe(0);
  });

  it('gives the lane of a process that died while sending to the next', async () => {
    const { one, other, clock } = await paces();
    await one.ask(a);
    clock.at += 29_000;
    expect(await other.ask(b)).toBeGreaterThan(0);
    clock.at += 12_000;
    expect(await other.ask(b)).toBe(0);
  });

  it('lets what goes on failing step aside, and behind all others once one of them passed', async () => {
    const { one, clock } = await paces();
    const failing = async () => {
      expect(await one.ask(a)).toBe(0);
      const pause = await one.failed(a, null);
      await one.ask(b);
      return pause;
    };
    const began = clock.at;
    while (clock.at - began < 120_000) {
      clock.at += await failing();
      expect(await one.ask(b), 'an outage keeps the order').toBeGreaterThan(0);
    }
    await failing();
    clock.at += 1000;
    expect(await one.ask(b)).toBe(0);
    await one.done(b);
    clock.at += 1000;
    expect(await one.ask(c)).toBe(0);
    const d = turn('d', 4);
    clock.at += 15_000;
    await one.ask(d);
    expect(await one.ask(a), 'it stands behind those that waited when one passed').toBeGreaterThan(0);
    await one.done(c);
    expect(await one.ask(a)).toBeGreaterThan(0);
    expect(await one.ask(d)).toBe(0);
    await one.done(d);
    clock.at += 1000;
    expect(await one.ask(a)).toBe(0);
  });

  it('lets at most three step aside in a long outage', async () => {
    const { one, clock } = await paces();
    const all = Array.from({ length: 8 }, (_, at) => turn(`t${at}`, at));
    const tried = new Map<string, number>();
    for (let round = 0; round < 60; round += 1) {
      for (const each of all) {
        if ((await one.ask(each)) > 0) continue;
        tried.set(each.place, (tried.get(each.place) ?? 0) + 1);
        await one.failed(each, null);
        clock.at += 1000;
      }
      clock.at += 8000;
    }
    expect(tried.size).toBeLessThanOrEqual(4);
    expect(tried.get('t0')).toBeGreaterThan(10);
  });

  it('is not stopped by a clock that was put back', async () => {
    const { one, clock } = await paces();
    await one.ask(a);
    await one.failed(a, 30_000);
    await one.ask(b);
    clock.at -= 24 * 3_600_000;
    expect(await one.ask(c)).toBe(0);
  });
});
