import type { BerReader } from 'ldapts';
import { computedAttributes, type Entry } from './attributes.ts';

/** The filters that are understood. Others match nothing, as an unknown attribute does. */
export type Filter =
  | { kind: 'and' | 'or'; of: Filter[] }
  | { kind: 'not'; of: Filter }
  | { kind: 'equal'; name: string; value: string }
  | { kind: 'present'; name: string }
  | { kind: 'unknown' };

const tags = { and: 0xa0, or: 0xa1, not: 0xa2, equal: 0xa3, present: 0x87 } as const;

/** Reads one filter of a search (RFC 4511, 4.5.1.7). */
export function readFilter(reader: BerReader): Filter {
  const tag = reader.peek();
  if (tag === tags.present) return { kind: 'present', name: reader.readString(tags.present) ?? '' };
  reader.readSequence();
  const end = reader.offset + reader.length;
  if (tag === tags.and || tag === tags.or) {
    const of: Filter[] = [];
    while (reader.offset < end) of.push(readFilter(reader));
    return { kind: tag === tags.and ? 'and' : 'or', of };
  }
  if (tag === tags.not) return { kind: 'not', of: readFilter(reader) };
  if (tag === tags.equal)
    return { kind: 'equal', name: reader.readString() ?? '', value: reader.readString() ?? '' };
  reader.offset = end;
  return { kind: 'unknown' };
}

/** Whether an entry matches. Names and values compare without case; what is computed cannot be filtered on. */
export function matches(filter: Filter, entry: Entry): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((one) => matches(one, entry));
    case 'or':
      return filter.of.some((one) => matches(one, entry));
    case 'not':
      return !matches(filter.of, entry);
    case 'present':
      return valuesOf(entry, filter.name).length > 0;
    case 'equal':
      return valuesOf(entry, filter.name).some((one) => isSame(one, filter.value));
    case 'unknown':
      return false;
  }
}

function valuesOf({ attributes }: Entry, name: string): string[] {
  if (computedAttributes.some((one) => isSame(one, name))) return [];
  return Object.entries(attributes).find(([one]) => isSame(one, name))?.[1] ?? [];
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
