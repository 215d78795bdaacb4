import type { Clock } from './clock.ts';
import { deadlineSignal } from './deadline.ts';
import { openGatherer } from './gather.ts';
import type { Integration } from './integration.ts';
import type { BatchDoor } from './reading.ts';
import { readings } from './readings/index.ts';

/** A question beside the checks: how long it may take, and what time it is. `signal` ends it early. */
export type Question = { deadlineMs: number; clock: Clock; signal?: AbortSignal | undefined };

/** Asks by the same readings and ports as a run, under one deadline. Throws GapError. */
export async function withDoor<T>(
  integration: Integration,
  { deadlineMs, clock, signal }: Question,
  ask: (door: BatchDoor) => Promise<T>,
): Promise<T> {
  const deadline = deadlineSignal(deadlineMs, signal);
  const scope = { signal: deadline.signal, sent: () => {} };
  const gatherer = openGatherer(integration, { startedAt: clock.now(), clock, scope }, readings);
  try {
    return await ask(gatherer.door);
  } finally {
    deadline.end();
  }
}
