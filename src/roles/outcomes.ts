import { dayMs } from '../domain/instant.ts';
import type { Delivered } from '../ports/notifier.ts';
import type { JobOutcome } from '../queue/worker.ts';

/** An answer that could not be delivered for a day helps nobody any more. */
const giveUpAfterMs = dayMs;

const firstWaitMs = 1_000;
const shortestWaitMs = 100;
const longestWaitMs = 5 * 60_000;

/** How long to wait before an attempt: as the chat said, else doubling from a second to five minutes. */
export function waitBefore(attempt: number, toldMs: number | null): number {
  if (toldMs !== null) return Math.max(shortestWaitMs, toldMs);
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt - 1, 20));
}

/** What the queue makes of an attempt to deliver. `lost`: why nobody will ever see it. */
export function afterDelivery(
  delivered: Delivered,
  { attempt, ageMs }: { attempt: number; ageMs: number },
): JobOutcome & { lost?: string } {
  switch (delivered.outcome) {
    case 'delivered':
    case 'nothing-to-tell':
      return { done: true };
    case 'never':
      return { done: true, lost: delivered.reason };
    case 'later':
      if (ageMs > giveUpAfterMs) return { done: true, lost: `after a day: ${delivered.reason}` };
      return { againInMs: waitBefore(attempt, delivered.afterMs) };
  }
}
