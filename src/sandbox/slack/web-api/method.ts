import type { Engine } from '../engine.ts';
import { type Json, Refusal, string } from '../shapes.ts';

/** A Web API method: what it needs, and what it does. It returns Slack's answer without `ok`, or throws a Refusal. */
export interface Method {
  readonly scope?: string;
  /** Which token it takes; `none` takes any or no token. */
  readonly token?: 'app' | 'none';
  run(engine: Engine, args: Json): Json;
}

export type Methods = Readonly<Record<string, Method>>;

/** A structure that came as JSON or, in a form, as JSON text. `undefined` when it was not given. */
export function structure(value: unknown, refusal: string): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal(refusal);
  }
}

/** True in JSON, `true` or `1` in a form. */
export const yes = (value: unknown): boolean => value === true || value === 'true' || value === '1';

/** A page of rows by a cursor, as all listing methods do it. */
export function page<T>(rows: readonly T[], args: Json): { rows: readonly T[]; nextCursor: string } {
  const start = Number(string(args.cursor).replace('row:', '')) || 0;
  const limit = Math.max(1, Number(args.limit ?? 100) || 100);
  const end = start + limit;
  return { rows: rows.slice(start, end), nextCursor: end < rows.length ? `row:${end}` : '' };
}

export const cursor = (next: string): Json => ({ response_metadata: { next_cursor: next } });
