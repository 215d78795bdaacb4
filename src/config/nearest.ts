import { distance } from 'fastest-levenshtein';

/** The known name that a mistyped one most likely means, or undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((one) => ({ one, away: distance(one.toLowerCase(), name.toLowerCase()) }))
    .sort((left, right) => left.away - right.away);
  const [best] = ranked;
  return best && best.away <= Math.max(3, Math.floor(name.length / 2)) ? best.one : undefined;
}

/** ` Did you mean "secrets"?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const best = nearest(name, known);
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}
