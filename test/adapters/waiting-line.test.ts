import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { limit } from '../../src/adapters/waiting-line.ts';
import { GapError } from '../../src/domain/gap.ts';

describe('places at once', () => {
  it('are never more than there are, and all work is done in order', async () => {
    const within = limit(3);
    const order: number[] = [];
    let [inside, most] = [0, 0];
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    const work = Array.from({ length: 20 }, (_, index) =>
      within(signal, async () => {
        order.push(index);
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        if (index % 4 === 0) throw new GapError({ source: 'secret-server', cause: 'failing', detail: 'x' });
      }).catch(() => undefined),
    );
    await Promise.all(work);
    expect(most).toBe(3);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).toHaveLength(20);
  });

  it('are left by who gives up waiting', async () => {
    const within = limit(1);
    const { signal } = new AbortController();
    const hasty = new AbortController();
    let release: () => void = () => undefined;
    const first = within(
      signal,
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    const second = within(hasty.signal, async () => 'never');
    hasty.abort(new Error('gave up'));
    await expect(second).rejects.toThrow('gave up');
    release();
    await first;
    expect(await within(signal, async () => 'free again')).toBe('free again');
  });
});
