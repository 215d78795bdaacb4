import { setTimeout as sleep } from 'node:timers/promises';
import { GapError } from '../../domain/gap.ts';
import { vaultGap } from './gaps.ts';
import type { Answer } from './wire.ts';

/** The vendor's own clients wait no longer than this for a server that asks them to slow down. */
const longestWaitMs = 30_000;
const backOffMs: readonly number[] = [200, 800];
const mostThrottles = 5;
const passing = new Set([408, 500, 502, 503, 504]);

/**
 * A GET, sent again where that may help: after a cut connection or an error of the server twice with growing pauses,
 * after 429 as long as it asks to wait. Ends with the last answer, or throws `throttled` when the wait is too long.
 * Never for a login: a refused password must not be tried twice.
 */
export async function patiently(
  send: () => Promise<Answer>,
  { signal, now }: { signal: AbortSignal; now: () => number },
): Promise<Answer> {
  let failures = 0;
  const met: Met = {};
  for (let throttles = 0; ; ) {
    const answer = await send().catch((error: unknown) => {
      if (signal.aborted && met.before) return met.before();
      return again(error, failures, { signal, met });
    });
    if (answer?.status === 429 && throttles < mostThrottles) {
      throttles += 1;
      await pause(waitMs(answer.retryAfter, now()), signal);
    } else if (answer && !(passing.has(answer.status) && failures < backOffMs.length && !signal.aborted)) {
      return answer;
    } else {
      if (answer) met.before = () => answer;
      await sleep(backOffMs[failures] ?? 0, undefined, { signal }).catch(() => undefined);
      failures += 1;
    }
  }
}

/** What came of the last try: where the deadline ends the next one, that is the cause and not the deadline. */
type Met = { before?: () => Answer };

/** Nothing, where the failure is one that a second try may mend: the connection was cut or not made. */
function again(
  error: unknown,
  failures: number,
  { signal, met }: { signal: AbortSignal; met: Met },
): undefined {
  const mendable = error instanceof GapError && error.retryable && error.gap.cause === 'unreachable';
  if (!mendable || failures >= backOffMs.length || signal.aborted) throw error;
  met.before = () => {
    throw error;
  };
  return undefined;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const seconds = Math.ceil(ms / 1000);
  const gap = vaultGap(
    'throttled',
    `Secret Server asks to wait ${seconds} s, longer than this run may`,
    true,
  );
  if (ms > longestWaitMs) throw gap;
  await sleep(ms, undefined, { signal }).catch(() => Promise.reject(gap));
}

/** `Retry-After` holds seconds or a date; without it, a second. */
function waitMs(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 1000;
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? 1000 : Math.max(0, date - now);
}
