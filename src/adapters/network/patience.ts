import { setTimeout as sleep } from 'node:timers/promises';
import { GapError } from '../../domain/gap.ts';

/** How long to wait: `timeoutMs` for this one question, `signal` for the whole run. */
export type Patience = { signal: AbortSignal; timeoutMs: number };

/** The work's value, or null when it takes too long. Throws a `timed-out` gap at the run's deadline. */
export async function inTime<T>(work: Promise<T>, { signal, timeoutMs }: Patience): Promise<T | null> {
  const settled = new AbortController();
  const late = sleep(timeoutMs, null, { signal: AbortSignal.any([signal, settled.signal]) });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw signal.aborted ? deadlineGap() : error;
  } finally {
    settled.abort();
    late.catch(() => undefined);
  }
}

/** What the run's deadline leaves behind. */
export function deadlineGap(): GapError {
  return new GapError({
    source: 'vaultcheck',
    cause: 'timed-out',
    detail: 'The network was still being asked at the deadline of the run',
  });
}
