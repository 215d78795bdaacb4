import type { Measure } from './kit/measure.ts';
import { oneCheck } from './one-check.ts';

/** Every measure, in the order of `docs/measures.md`. One more is one file and one line here. */
export const measures: readonly Measure[] = [oneCheck];
