import { z } from 'zod';
import type { VaultTime } from '../../../ports/vault.ts';

/** Words of the vendor that are only shown: trimmed and limited. Absent and null are the empty text. */
export const words = z.string().nullish().transform(trimmed);

function trimmed(text: string | null | undefined): string {
  return (text ?? '').trim().slice(0, 2000);
}

/** As `words`, with null for nothing. */
export const wordsOrNull = words.transform((text) => (text === '' ? null : text));

/**
 * As `words`, of a field that is judged, so it must be there: a version that calls it otherwise is not one that says
 * nothing.
 */
export const wordsTold = z.string().transform(trimmed);

/** As `wordsTold`; null says that there is none. */
export const wordsToldOrEmpty = z.string().nullable().transform(trimmed);

/** As `wordsToldOrEmpty`, with null for nothing. */
export const wordsToldOrNull = wordsToldOrEmpty.transform((text) => (text === '' ? null : text));

/** A flag that older servers leave out. */
export const flagOrNull = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? null);

export const countOrNull = z
  .int()
  .nullish()
  .transform((count) => count ?? null);

/** An id; the vendor writes "not set" as -1, sometimes as 0. */
export const idOrNull = z.int().nullish().transform(ifSet);

function ifSet(id: number | null | undefined): number | null {
  return id !== null && id !== undefined && id > 0 ? id : null;
}

/** As `idOrNull`, of a field that must be there. */
export const idToldOrNull = z.int().nullable().transform(ifSet);

/** `2020-11-03T16:20:34.917`, up to seven digits of a second, with or without an offset. */
const pattern = /^(\d{4})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/;

const written = z
  .string()
  .regex(pattern)
  .refine((text) => !Number.isNaN(epochMs(text)), 'no time');

export const time = written.transform(timeOf);

/** The vendor writes "never" as the first day of year 1. */
export const timeOrNull = written
  .nullish()
  .transform((text) => (text && !text.startsWith('0001-') ? timeOf(text) : null));

function timeOf(text: string): VaultTime {
  return { ms: epochMs(text), zoned: pattern.exec(text)?.[4] !== undefined };
}

function epochMs(text: string): number {
  const short = text.replace(/(\.\d{3})\d+/, '$1');
  return Date.parse(pattern.exec(text)?.[4] === undefined ? `${short}Z` : short);
}
