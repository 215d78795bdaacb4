import type { Book, Entry } from './book.ts';
import type { Evidence, EvidenceKey } from './evidence/index.ts';
import type { Gap } from './gap.ts';
import type { Context } from './settings.ts';
import type { Told } from './told.ts';
import { type Judgement, skipped, uniqueGaps, unknown } from './verdict.ts';

export const sections = ['reach', 'account', 'secret', 'practice', 'alerts', 'qualys', 'directory'] as const;
export type Section = (typeof sections)[number];

/** What a rule reads: what it needs as plain values, what it merely wants as `Told`. Nothing else is in reach. */
type Known<N extends EvidenceKey, W extends EvidenceKey> = { [K in N]: Evidence[K] } & {
  [K in Exclude<W, N>]: Told<Evidence[K]>;
};

/** A rule as its author writes it. */
type Rule<Id extends string, N extends EvidenceKey, W extends EvidenceKey> = {
  id: Id;
  section: Section;
  /** The healthy fact, in one sentence without full stop. */
  title: string;
  why: string;
  /** One action that an operator can do now, in the product's own menu words. */
  remedy: string;
  /** Whether a failure stands in the way of a scan. Advice does not. */
  blocking: boolean;
  /** Without any of these the answer is `unknown`. */
  needs: readonly N[];
  /** Used where known: the rule must say what it makes of each gap. */
  wants?: readonly W[];
  /** Why the rule does not apply with these settings; null when it does. Asked before any evidence. */
  exempt?(context: Context): string | null;
  judge(known: Known<N, W>, context: Context): Judgement<N | W>;
};

/** A rule of the catalogue. `apply` is the one door to its judgement. */
export type Check = Omit<Rule<string, EvidenceKey, EvidenceKey>, 'judge' | 'exempt' | 'wants'> & {
  wants: readonly EvidenceKey[];
  /** Whether the rule applies with these settings: where it does not, `apply` answers `skipped` whatever is known. */
  applies(context: Context): boolean;
  /** Never calls the rule with a hole: a missing need answers `unknown` with its gap. */
  apply(book: Book, context: Context): Applied;
};

/** A judgement, and what was wanted and missing beside it. */
export type Applied = { judgement: Judgement<EvidenceKey>; missed: readonly Gap[] };

/** Makes a check of the catalogue out of a rule. */
export function defineCheck<
  const Id extends string,
  const N extends EvidenceKey,
  const W extends EvidenceKey = never,
>(rule: Rule<Id, N, W>): Check & { id: Id } {
  const { judge, exempt, wants = [], ...data } = rule;
  return {
    ...data,
    wants,
    applies: (context) => (exempt?.(context) ?? null) === null,
    apply(book, context) {
      const because = exempt?.(context) ?? null;
      if (because !== null) return { judgement: skipped(because), missed: [] };
      const missed = gapsIn(book, wants);
      const [first, ...rest] = gapsIn(book, data.needs);
      if (first) return { judgement: unknown(uniqueGaps([first, ...rest])), missed };
      return { judgement: judge(known(book, data.needs, wants), context), missed };
    },
  };
}

function gapsIn(book: Book, keys: readonly EvidenceKey[]): Gap[] {
  return keys.flatMap((key) => {
    const entry = entryOf(book, key);
    return 'gap' in entry ? [entry.gap] : [];
  });
}

function entryOf(book: Book, key: EvidenceKey): Entry<unknown> {
  const detail = `Nobody gathered "${key}" in this run.`;
  return book[key] ?? { gap: { source: 'vaultcheck', cause: 'absent', detail } };
}

function known<N extends EvidenceKey, W extends EvidenceKey>(
  book: Book,
  needs: readonly N[],
  wants: readonly W[],
): Known<N, W> {
  const found = needs.map((key) => [key, valueIn(entryOf(book, key))]);
  const maybe = wants.map((key) => {
    const entry = entryOf(book, key);
    return [key, 'gap' in entry ? { gap: entry.gap } : { known: entry.value }];
  });
  // The one cast of the catalogue: both lists are typed by the keys that the rule declared.
  return Object.fromEntries([...maybe, ...found]) as Known<N, W>;
}

function valueIn(entry: Entry<unknown>): unknown {
  return 'gap' in entry ? undefined : entry.value;
}
