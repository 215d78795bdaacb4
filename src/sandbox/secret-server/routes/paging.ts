import { ok, type Reply } from '../replies.ts';
import type { Ask } from './route.ts';

type Row = Record<string, unknown>;

const direction = (text: string | null) => (text?.toLowerCase() === 'desc' ? 'Desc' : 'Asc');

/**
 * A page of rows as Secret Server wraps them: ten unless asked otherwise, `nextSkip` filled on the last page too, and the
 * filter that was asked for, which the vendor's document does not mention.
 */
export function paged(ask: Ask, rows: Row[], filterNames: readonly string[] = []): Reply {
  const skip = Number(ask.query.get('skip') ?? 0);
  const take = Number(ask.query.get('take') ?? 10);
  const sorted = sort(ask, rows);
  const records = sorted.slice(skip, skip + take);
  const pages = Math.ceil(rows.length / take);
  return ok({
    filter: echo(ask, filterNames),
    skip,
    take,
    total: rows.length,
    pageCount: pages,
    currentPage: Math.floor(skip / take) + 1,
    batchCount: pages,
    prevSkip: Math.max(skip - take, 0),
    nextSkip: skip + take,
    hasPrev: skip > 0,
    hasNext: skip + take < rows.length,
    records,
    sortBy: sortBy(ask),
    success: true,
    severity: 'None',
  });
}

function sortBy(ask: Ask): { name: string; direction: string; priority: number }[] {
  const name = ask.query.get('sortBy[0].name');
  return name === null
    ? []
    : [{ name, direction: direction(ask.query.get('sortBy[0].direction')), priority: 0 }];
}

/** Rows stay in the order they were written in when no sort is asked for: audits then come oldest first. */
function sort(ask: Ask, rows: Row[]): Row[] {
  const [by] = sortBy(ask);
  if (!by) return rows;
  const sign = by.direction === 'Desc' ? -1 : 1;
  const ordered = rows.map((row, at) => ({ row, at, value: sortValue(row, by.name) }));
  ordered.sort((a, b) => sign * (compare(a.value, b.value) || a.at - b.at));
  return ordered.map(({ row }) => row);
}

function sortValue(row: Row, name: string): string | number {
  const key = Object.keys(row).find((one) => one.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : row[key];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? value : '';
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function echo(ask: Ask, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, ask.query.get(`filter.${name}`)]));
}
