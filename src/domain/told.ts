import { z } from 'zod';
import { Gap } from './gap.ts';

/** Something asked for: known, or missing with its reason. */
export type Told<T> = { known: T } | { gap: Gap };

/** The shape of `Told` around a shape. */
export function told<S extends z.ZodType>(shape: S) {
  return z.union([z.strictObject({ known: shape }), z.strictObject({ gap: Gap })]);
}

/** The values that are known, in order. */
export function knownOf<T>(all: readonly Told<T>[]): T[] {
  return all.flatMap((one) => ('known' in one ? [one.known] : []));
}

/** The reasons of those that are missing, in order. */
export function gapsOf(all: readonly Told<unknown>[]): Gap[] {
  return all.flatMap((one) => ('gap' in one ? [one.gap] : []));
}

/** The value where it is known. */
export function ifKnown<T>(told: Told<T>): T | undefined {
  return 'known' in told ? told.known : undefined;
}
