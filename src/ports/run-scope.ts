import type { GapSource } from '../domain/gap.ts';

/**
 * What one run lends to every port it opens. A port obeys `signal` on each request (then it throws a `timed-out` gap)
 * and calls `sent` for each request that leaves the machine, retries and logins included.
 */
export type RunScope = { signal: AbortSignal; sent(source: GapSource): void };
