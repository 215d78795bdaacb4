import { z } from 'zod';
import type { Ask } from './ask.ts';
import { vaultGap } from './gaps.ts';
import type { Query } from './wire.ts';

/** The default page is 10. `nextSkip` is filled on the last page too: only `hasNext` tells the end. */
const take = 100;
const maxRows = 20_000;

const pageOf = <S extends z.ZodType>(row: S) =>
  z
    .object({ records: z.array(row), hasNext: z.boolean(), nextSkip: z.int().nullish() })
    .transform(({ records, hasNext, nextSkip }) => ({ rows: records, hasNext, nextSkip: nextSkip ?? null }));

/** `older`: where the list was before the server had `path`. */
type Listing<S extends z.ZodType> = { path: string; older?: string; row: S; query?: Query };

/** Page after page, to the end. Throws `malformed` when the server turns in a circle. */
export async function* pages<S extends z.ZodType>(
  ask: Ask,
  { path, older, row, query }: Listing<S>,
): AsyncGenerator<{ rows: z.output<S>[]; isLast: boolean }> {
  const shape = pageOf(row);
  for (let skip = 0; ; ) {
    const paged = { ...query, skip: String(skip), take: String(take) };
    const page =
      older === undefined
        ? await ask.one(path, shape, paged)
        : ((await ask.oneIfKnown(path, shape, paged)) ?? (await ask.one(older, shape, paged)));
    yield { rows: page.rows, isLast: !page.hasNext };
    if (!page.hasNext) return;
    const next = page.nextSkip ?? skip + page.rows.length;
    if (next <= skip) throw vaultGap('malformed', `The address ${path} promises more rows and gives none`);
    skip = next;
  }
}

/** All rows of a list. Throws `truncated` beyond 20,000. */
export async function rowsOf<S extends z.ZodType>(ask: Ask, listing: Listing<S>): Promise<z.output<S>[]> {
  const rows: z.output<S>[] = [];
  for await (const page of pages(ask, listing)) {
    rows.push(...page.rows);
    if (rows.length > maxRows)
      throw vaultGap('truncated', `The address ${listing.path} has more than ${maxRows} rows`);
  }
  return rows;
}

/** The first page alone: for a list that only spares single questions. */
export async function firstPageOf<S extends z.ZodType>(
  ask: Ask,
  listing: Listing<S>,
): Promise<{ rows: z.output<S>[]; isLast: boolean }> {
  for await (const page of pages(ask, listing)) return page;
  return { rows: [], isLast: true };
}
