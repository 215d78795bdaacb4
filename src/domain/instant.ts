import { z } from 'zod';

/** A moment: whole milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int();
export type Instant = z.infer<typeof Instant>;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/**
 * A moment inside a sentence, as `2026-11-23T17:02Z`. Renderers find this form and show it in the reader's own
 * time zone, so sentences stay the same for everybody.
 */
export function moment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

/** The form that `moment` writes. */
export const momentPattern = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z/g;

/** A length of time for a sentence: `12 minutes`, `3 hours`, `2 days`; never less than a minute. */
export function span(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  if (minutes < 120) return plural(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day');
}

/** `1 login`, `2 logins`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
