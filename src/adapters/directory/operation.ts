import type { RunScope } from '../../ports/run-scope.ts';
import { failureGap } from './failures.ts';
import type { Line } from './line.ts';
import { type ActiveDirectoryOptions, defaultRequestTimeoutMs } from './options.ts';

export type Parts = { options: ActiveDirectoryOptions; line: Line; run: RunScope };

/**
 * One operation on the wire: counted, timed, and ended by its own limit of time or the run. What cannot be told from
 * a broken connection ends the connection. Throws GapError alone.
 */
export async function operate<T>({ options, line, run }: Parts, work: () => Promise<T>): Promise<T> {
  const startedAt = options.now();
  const tell = (result: string) =>
    options.telemetry?.vendorCalled({ source: 'directory', result, durationMs: options.now() - startedAt });
  const timeoutMs = options.requestTimeoutMs ?? defaultRequestTimeoutMs;
  const limit = AbortSignal.timeout(timeoutMs);
  const given = () => ({
    host: new URL(options.url).host,
    ended: run.signal.aborted,
    late: limit.aborted,
    answered: line.heard() > 0,
  });
  try {
    run.signal.throwIfAborted();
    run.sent('directory');
    const answer = await orAborted(work(), AbortSignal.any([run.signal, limit]));
    line.clear();
    tell('ok');
    return answer;
  } catch (error) {
    const failure = failureGap(error, given());
    tell(failure.gap.gap.cause);
    if (failure.isFatal) line.cut();
    throw failure.gap;
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
