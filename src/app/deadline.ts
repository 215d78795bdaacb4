/** A signal that aborts after `deadlineMs` or with `outer`. `end` lets go of the timer and drops what still runs. */
export function deadlineSignal(
  deadlineMs: number,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; end(): void } {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new Error('The deadline of the run has passed.')), deadlineMs);
  const signal = outer ? AbortSignal.any([own.signal, outer]) : own.signal;
  return {
    signal,
    end() {
      clearTimeout(timer);
      own.abort(new Error('The run has ended.'));
    },
  };
}
