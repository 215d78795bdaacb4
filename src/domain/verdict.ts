import type { Gap } from './gap.ts';

/** Something seen that bears on a rule. `about` names the evidence it was read from: source and time follow from that. */
export type Fact<K extends string = string> = { about: K; text: string };

/**
 * The answer of a rule.
 * - `pass` the title holds, and at least one fact shows it
 * - `warn` it works, and one sentence says what to mend
 * - `fail` the chain breaks here
 * - `unknown` could not tell: at least one gap says why
 * - `skipped` the rule does not apply here
 */
export type Judgement<K extends string = string> =
  | { verdict: 'pass'; facts: readonly [Fact<K>, ...Fact<K>[]] }
  | { verdict: 'warn' | 'fail'; finding: string; remedy: string | null; facts: readonly Fact<K>[] }
  | { verdict: 'unknown'; gaps: readonly [Gap, ...Gap[]]; facts: readonly Fact<K>[] }
  | { verdict: 'skipped'; because: string };

export function fact<K extends string>(about: K, text: string): Fact<K> {
  return { about, text };
}

export function pass<K extends string>(...facts: readonly [Fact<K>, ...Fact<K>[]]): Judgement<K> {
  return { verdict: 'pass', facts };
}

/** `remedy` replaces the check's own where this case wants another action. */
export function warn<K extends string>(
  finding: string,
  facts: readonly Fact<K>[],
  remedy: string | null = null,
): Judgement<K> {
  return { verdict: 'warn', finding, remedy, facts };
}

/** `remedy` replaces the check's own where this case wants another action. */
export function fail<K extends string>(
  finding: string,
  facts: readonly Fact<K>[],
  remedy: string | null = null,
): Judgement<K> {
  return { verdict: 'fail', finding, remedy, facts };
}

export function unknown<K extends string>(
  gaps: readonly [Gap, ...Gap[]],
  facts: readonly Fact<K>[] = [],
): Judgement<K> {
  return { verdict: 'unknown', gaps, facts };
}

export function skipped<K extends string>(because: string): Judgement<K> {
  return { verdict: 'skipped', because };
}

const order = ['skipped', 'pass', 'warn', 'unknown', 'fail'] as const;

/** How bad a verdict is, for comparing: fail > unknown > warn > pass > skipped. */
export function severity(verdict: Judgement['verdict']): number {
  return order.indexOf(verdict);
}

/**
 * One judgement out of several clauses, or of one rule held against several accounts: the worst verdict wins and the
 * finding names every clause of warn and fail, with the remedy of the first of the worst. An unknown beside a warn stays unknown (it might have been a fail),
 * and what the warning saw stays among the facts. An empty list is a bug of the caller, so the type refuses it.
 */
export function worst<K extends string>(clauses: readonly [Judgement<K>, ...Judgement<K>[]]): Judgement<K> {
  const [first] = clauses;
  const top = clauses.reduce((a, b) => (severity(b.verdict) > severity(a.verdict) ? b : a), first);
  if (top.verdict === 'skipped') return top;
  const facts = clauses.flatMap((one) => (one.verdict === 'skipped' ? [] : [...one.facts]));
  if (top.verdict === 'unknown') return { ...top, gaps: mergeGaps(clauses, top.gaps), facts };
  if (top.verdict === 'pass')
    return { ...top, facts: [top.facts[0], ...facts.filter((one) => one !== top.facts[0])] };
  const told = clauses.filter(isFinding);
  told.sort((a, b) => severity(b.verdict) - severity(a.verdict));
  return {
    ...top,
    finding: [...new Set(told.map((one) => one.finding))].join(' '),
    facts,
  };
}

function isFinding<K extends string>(one: Judgement<K>): one is Extract<Judgement<K>, { finding: string }> {
  return one.verdict === 'warn' || one.verdict === 'fail';
}

function mergeGaps(clauses: readonly Judgement[], first: readonly [Gap, ...Gap[]]): readonly [Gap, ...Gap[]] {
  const rest = clauses.flatMap((one) => (one.verdict === 'unknown' ? [...one.gaps] : []));
  return uniqueGaps([first[0], ...rest]);
}

/** Each gap once, in the order first met. */
export function uniqueGaps(gaps: readonly [Gap, ...Gap[]]): readonly [Gap, ...Gap[]] {
  const [first, ...rest] = new Map(gaps.map((one) => [JSON.stringify(one), one])).values();
  return [first ?? gaps[0], ...rest];
}
