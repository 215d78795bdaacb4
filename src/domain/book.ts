import type { Evidence, EvidenceKey } from './evidence/index.ts';
import type { Gap, GapSource } from './gap.ts';
import type { Instant } from './instant.ts';
import type { Told } from './told.ts';

/** A piece of evidence with where it came from and when it was read. */
export type Found<T> = { value: T; source: GapSource; at: Instant };

/** What became of one reading. */
export type Entry<T> = Found<T> | { gap: Gap };

/** All that one run gathered for one secret. A key that nobody asked for is not in it. */
export type Book = { readonly [K in EvidenceKey]?: Entry<Evidence[K]> };

/** What the book says of one key. A key that nobody asked for is a gap, never silence. */
export function toldOf<K extends EvidenceKey>(book: Book, key: K): Told<Evidence[K]> {
  const entry = book[key];
  if (entry) return 'gap' in entry ? entry : { known: entry.value };
  const detail = `Nobody gathered "${key}" in this run.`;
  return { gap: { source: 'vaultcheck', cause: 'absent', detail } };
}
