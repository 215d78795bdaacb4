import { describe, expect, it } from 'vitest';
import type { Turns } from '../../src/ports/turns.ts';

const unending = new AbortController().signal;

/** What turns must promise, wherever they are kept. */
export function turnsContract(name: string, open: () => Promise<Turns>): void {
  describe(`the turns contract: ${name}`, () => {
    it('lets one at a time work, and each of them', async () => {
      const turns = await open();
      let [working, most, done] = [0, 0, 0];
      const work = async () => {
        working += 1;
        most = Math.max(most, working);
        await new Promise((resolve) => setImmediate(resolve));
        working -= 1;
        done += 1;
      };
      await Promise.all(Array.from({ length: 5 }, () => turns.hold('a', unending, work)));
      expect({ most, done }).toEqual({ most: 1, done: 5 });
    });

    it('keeps different names apart', async () => {
      const turns = await open();
      const both = await turns.hold('a', unending, () => turns.hold('b', unending, async () => 'both'));
      expect(both).toBe('both');
    });

    it('goes on after work that failed, and hands its error on', async () => {
      const turns = await open();
      const failing = turns.hold('a', unending, () => Promise.reject(new Error('broken')));
      await expect(failing).rejects.toThrow('broken');
      expect(await turns.hold('a', unending, async () => 'next')).toBe('next');
    });

    it('lets go whoever gives up waiting, with the reason, and keeps the others in line', async () => {
      const turns = await open();
      const leaving = new AbortController();
      let finish: (() => void) | undefined;
      const first = turns.hold(
        'a',
        unending,
        () =>
          new Promise<void>((resolve) => {
            finish = resolve;
          }),
      );
      const second = turns.hold('a', leaving.signal, async () => 'second');
      const third = turns.hold('a', unending, async () => 'third');
      leaving.abort(new Error('too late'));
      await expect(second).rejects.toThrow('too late');
      await expect.poll(() => finish).toBeDefined();
      finish?.();
      await first;
      expect(await third).toBe('third');
    });
  });
}
