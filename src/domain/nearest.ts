import { distance } from 'fastest-levenshtein';

/** Names longer than this are compared by their beginning: the time of a distance grows with the square. */
const comparedLength = 80;

/**
 * The names most like the given one, best first, without case: those within a third of its length (at least two
 * changes), or that begin with it or hold it.
 */
export function nearest(name: string, among: readonly string[], limit = 5): string[] {
  const reach = Math.max(2, Math.floor(key(name).length / 3));
  return ranked(name, among)
    .filter(({ far }) => far <= reach)
    .slice(0, limit)
    .map(({ one }) => one);
}

/** ` Did you mean "secrets"?`, or nothing. Where few names can be meant, half of the letters may be wrong. */
export function didYouMean(name: string, among: readonly string[]): string {
  const [best] = ranked(name, among);
  const reach = Math.max(2, Math.floor(key(name).length / 2));
  return best && best.far <= reach ? ` Did you mean "${best.one}"?` : '';
}

/** Of those that are equally like it, the one that was given first. */
function ranked(name: string, among: readonly string[]): { one: string; far: number }[] {
  const wanted = key(name);
  return [...new Set(among)]
    .map((one) => ({ one, far: farness(wanted, key(one)) }))
    .sort((a, b) => a.far - b.far);
}

function key(name: string): string {
  return name.toLowerCase().slice(0, comparedLength);
}

function farness(wanted: string, other: string): number {
  const apart = distance(wanted, other);
  return wanted.length >= 3 && other.includes(wanted) ? Math.min(1, apart) : apart;
}
