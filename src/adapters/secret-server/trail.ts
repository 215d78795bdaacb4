import type { z } from 'zod';
import type { Trail, TrailRange, VaultTime } from '../../ports/vault.ts';
import type { Ask } from './ask.ts';
import { pages } from './paging.ts';
import type { Query } from './wire.ts';

const maxRows = 5000;
/** Where rows must not be missing: for memory's sake, since the run's deadline comes first. */
const maxRowsWhole = 100_000;
/** A time with an offset may be that far from the same moment on the vault's wall clock. */
const widestOffsetMs = 14 * 3_600_000;

const newestFirst: Query = { 'sortBy[0].name': 'dateRecorded', 'sortBy[0].direction': 'desc' };

type Dated = { at: VaultTime };
type TrailAsked<S extends z.ZodType> = {
  path: string;
  row: S;
  query?: Query;
  until?: ((row: z.output<S>) => boolean) | undefined;
};

/**
 * An audit, newest first, back to `since`, the first row of `until`, or 5,000 rows (more where `whole` asks for it). The
 * server is asked to sort; where it did not, the trail is read to its end, since an early stop would lose rows.
 */
export async function trailOf<S extends z.ZodType<Dated>>(
  ask: Ask,
  { since, whole }: TrailRange,
  { path, row, query, until }: TrailAsked<S>,
): Promise<Trail<z.output<S>>> {
  const rows: z.output<S>[] = [];
  const olderThan = (start: number, { at }: Dated) => at.ms < start - (at.zoned ? widestOffsetMs : 0);
  const older = (row: Dated) => olderThan(since, row);
  let sorted = true;
  let cut = false;
  for await (const { rows: page, isLast } of pages(ask, { path, row, query: { ...newestFirst, ...query } })) {
    const before = rows.at(-1);
    rows.push(...page);
    sorted &&= descends(before ? [before, ...page] : page);
    const last = rows.at(-1);
    if (sorted && last && (older(last) || (until && page.some(until)))) break;
    const isWhole = whole === undefined || (sorted && last !== undefined && olderThan(whole, last));
    cut = !isLast && rows.length >= (isWhole ? maxRows : maxRowsWhole);
    if (cut) break;
  }
  return { rows: rows.filter((one) => !older(one)).sort((a, b) => b.at.ms - a.at.ms), cut };
}

function descends(rows: readonly Dated[]): boolean {
  return rows.every(({ at }, index) => {
    const before = rows[index - 1];
    return before === undefined || before.at.ms >= at.ms;
  });
}
