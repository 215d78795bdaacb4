import type { Check } from '../domain/check.ts';

/** The catalogue, in the order of every report. */
export const checks: readonly Check[] = [];
