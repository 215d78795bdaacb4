import { setTimeout as sleep } from 'node:timers/promises';
import { GapError } from '../../domain/gap.ts';
import type { Said } from './answers.ts';
import type { Pauses } from './options.ts';

/** A longer wait is told to people instead: a run has a minute. */
export const longestWaitMs = 30_000;
const mostRateWaits = 3;

/**
 * Asks again where that may help: the told wait after 1965, growing pauses of our own after 1960, twice after an error
 * of the server or a cut connection. Never after anything that says something about the account. Ends with the last
 * answer; throws GapError when the connection fails for good.
 */
export async function patiently(
  send: () => Promise<Said>,
  { signal, pauses }: { signal: AbortSignal; pauses: Pauses },
): Promise<Said> {
  const left = {
    busy: [...pauses.busyMs],
    failing: [...pauses.failingMs],
    rate: Array.from({ length: mostRateWaits }, () => 0),
  };
  for (;;) {
    const said = await send().catch((error: unknown) =>
      cut(error, left.failing.length > 0 && !signal.aborted),
    );
    const pauseMs = said === undefined ? left.failing.shift() : pauseAfter(said, left);
    if (said !== undefined && pauseMs === undefined) return said;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    if (said !== undefined && signal.aborted) return said;
  }
}

type Left = { busy: number[]; failing: number[]; rate: number[] };

/** How long to wait before asking again; undefined when it is over. */
function pauseAfter(said: Said, left: Left): number | undefined {
  if ('response' in said) return undefined;
  const { kind, waitMs } = said.refusal;
  if (kind === 'rate' && waitMs !== null) {
    return waitMs <= longestWaitMs && left.rate.shift() !== undefined ? waitMs : undefined;
  }
  if (kind === 'busy' || kind === 'rate') return left.busy.shift();
  return kind === 'failing' ? left.failing.shift() : undefined;
}

/** Nothing, where the failure is one that a second try may mend: the connection was cut or not made. */
function cut(error: unknown, mayRepeat: boolean): undefined {
  const mendable = error instanceof GapError && error.retryable && error.gap.cause === 'unreachable';
  if (!mendable || !mayRepeat) throw error;
  return undefined;
}
