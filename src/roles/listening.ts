import { randomUUID } from 'node:crypto';
import type { Clock } from '../app/clock.ts';
import type { Listening, ListeningSpan } from '../ports/listening.ts';
import type { Closing } from './closing.ts';
import { openRecords } from './records.ts';
import type { Shared } from './shared.ts';

/** How often a listener says that it is there. */
const listeningEveryMs = 10_000;

/** A process that was not heard of for so long did not hear either: it was stopped, or its machine slept. */
const gapMs = 3 * listeningEveryMs;

/**
 * Writes down from when to when this process took events. A time through which Redis was away, or the process did not
 * run, is none of it: what came then may not have been stored.
 */
export function listeningBeat(listening: Pick<Listening, 'save'>, clock: Clock): () => Promise<void> {
  let span: { id: string; told: ListeningSpan } | null = null;
  return async () => {
    const now = clock.now();
    const goesOn = span !== null && now - span.told.until <= gapMs ? span : null;
    const next = goesOn
      ? { id: goesOn.id, told: { since: goesOn.told.since, until: now } }
      : { id: randomUUID(), told: { since: now, until: now } };
    span = null;
    await listening.save(next.id, next.told);
    span = next;
  };
}

/** Whether events that are missing could have been heard: polls ask. */
export function tellListening({ config, redis, clock, log }: Shared, closers: Closing): void {
  const beat = listeningBeat(openRecords(redis.hasty, config.keep).listening, clock);
  const tell = () =>
    void beat().catch(() => log.debug({}, 'Redis is away: this time does not count as listened'));
  const timer = setInterval(tell, listeningEveryMs);
  closers.add('listening', () => clearInterval(timer));
  tell();
}
