import type { GapSource } from '../domain/gap.ts';

/** Requests sent so far. One count is shared by all that is asked for one batch, before its run and in it. */
export type Calls = Partial<Record<GapSource, number>>;

export function counting(calls: Calls): (source: GapSource) => void {
  return (source) => {
    calls[source] = (calls[source] ?? 0) + 1;
  };
}
