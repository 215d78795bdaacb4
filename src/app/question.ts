import { GapError } from '../domain/gap.ts';
import { type Calls, counting } from './calls.ts';
import type { Clock } from './clock.ts';
import { deadlineSignal } from './deadline.ts';
import { openDesk } from './desk.ts';
import { openGatherer } from './gather.ts';
import type { Integration } from './integration.ts';
import type { BatchDoor } from './reading.ts';
import { readings } from './readings/index.ts';

/** A question beside the checks: how long it may take, and what time it is. `signal` ends it early; `calls` goes on counting. */
export type Question = {
  deadlineMs: number;
  clock: Clock;
  signal?: AbortSignal | undefined;
  calls?: Calls | undefined;
};

/**
 * Asks by the same readings and ports as a run, under one deadline. `what` is waited for, as a part of a sentence.
 * Throws GapError.
 */
export async function withDoor<T>(
  integration: Integration,
  question: Question,
  what: string,
  ask: (door: BatchDoor) => Promise<T>,
): Promise<T> {
  const { deadlineMs, clock, signal, calls = {} } = question;
  const deadline = deadlineSignal(deadlineMs, signal);
  const scope = { signal: deadline.signal, sent: counting(calls) };
  const run = { startedAt: clock.now(), clock, scope };
  const { door } = openGatherer(integration, run, readings);
  const asked = { source: 'secret-server', what } as const;
  try {
    const entry = await openDesk(run).entryOf('question', asked, () => ask(door));
    if ('gap' in entry) throw new GapError(entry.gap);
    return entry.value;
  } finally {
    deadline.end();
  }
}
