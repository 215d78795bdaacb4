import type { Instant } from '../domain/instant.ts';

/** What time it is. */
export type Clock = { now(): Instant };
