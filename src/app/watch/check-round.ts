import { hourMs, type Instant } from '../../domain/instant.ts';
import type { CheckedInRound, CheckRound, CheckRounds } from '../../ports/check-rounds.ts';

/** A round of which nothing was heard for so long is not taken up again: what it found may be true no more. */
const staleMs = hourMs;

/** The round that a worker left unfinished lately, or a new one. */
export async function roundOf(
  rounds: Pick<CheckRounds, 'load'>,
  integration: string,
  { now, id }: { now: Instant; id: string },
): Promise<CheckRound> {
  const left = await rounds.load(integration);
  return left && now - left.at < staleMs ? left : newRound({ now, id });
}

export function newRound({ now, id }: { now: Instant; id: string }): CheckRound {
  return { id, beganAt: now, at: now, done: [] };
}

/** Writes down one secret after the other, in the order given, so that what is stored only grows. Rejects as `take` does. */
export function roundKeeper<T>(
  take: (one: T) => Promise<CheckedInRound>,
  { round, save, now }: { round: CheckRound; save: (round: CheckRound) => Promise<void>; now: () => Instant },
) {
  let latest = round;
  let written: Promise<void> = Promise.resolve();
  return {
    add(one: T): void {
      written = written.then(async () => {
        latest = { ...latest, at: now(), done: [...latest.done, await take(one)] };
        await save(latest);
      });
      // It is told when the round is waited for.
      written.catch(() => {});
    },
    async finished(): Promise<readonly CheckedInRound[]> {
      await written;
      return latest.done;
    },
  };
}
