import { distance } from 'fastest-levenshtein';

/** Names longer than this are compared by their beginning: the time of a distance grows with the square. */
const comparedLength = 80;

/**
 * The names most like the given one, best first, without case: those within a third of its length (at least two
 * changes), or that begin with it or hold it.
 */
export function nearest(name: string, among: readonly string[], limit = 5): string[] {
  const wanted = key(name);
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(among)]
    .map((one) => ({ one, far: farness(wanted, key(one)) }))
    .filter(({ far }) => far <= reach)
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    .slice(0, limit)
    .map(({ one }) => one);
}

function key(name: string): string {
  return name.toLowerCase().slice(0, comparedLength);
}

function farness(wanted: string, other: string): number {
  const apart = distance(wanted, other);
  return wanted.length >= 3 && other.includes(wanted) ? Math.min(1, apart) : apart;
}
