import type { Evidence, EvidenceKey } from './evidence/index.ts';
import type { Gap, GapSource } from './gap.ts';
import type { Instant } from './instant.ts';

/** A piece of evidence with where it came from and when it was read. */
export type Found<T> = { value: T; source: GapSource; at: Instant };

/** What became of one reading. */
export type Entry<T> = Found<T> | { gap: Gap };

/** All that one run gathered for one secret. A key that nobody asked for is not in it. */
export type Book = { readonly [K in EvidenceKey]?: Entry<Evidence[K]> };
