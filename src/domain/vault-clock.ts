import type { VaultClock } from './evidence/account.ts';
import { dayMs, hourMs, type Instant, minuteMs } from './instant.ts';
import type { Told } from './told.ts';

/** A time as a vault wrote it: without an offset `ms` counts as if its wall clock were UTC; `zoned` is a moment already. */
type WrittenTime = { readonly ms: number; readonly zoned: boolean };

/**
 * The moment of a time that a vault wrote. In a named zone the hour that happens twice in autumn counts as its first
 * pass, and a time that spring leaves out counts as if the clocks had not been changed yet (as Temporal's `compatible`).
 */
export function instantOf(clock: VaultClock, time: WrittenTime): Instant {
  if (time.zoned) return time.ms;
  if (clock.kind === 'offset') return time.ms - clock.minutes * minuteMs;
  const before = zoneOffsetMs(clock.zone, time.ms - dayMs);
  const after = zoneOffsetMs(clock.zone, time.ms + dayMs);
  const fitting = [before, after].filter((offset) => zoneOffsetMs(clock.zone, time.ms - offset) === offset);
  return time.ms - (fitting.length > 0 ? Math.max(...fitting) : before);
}

/** What the vault's wall clock shows at a moment, counted as if it were UTC. */
export function wallClockOf(clock: VaultClock, at: Instant): number {
  return at + (clock.kind === 'offset' ? clock.minutes * minuteMs : zoneOffsetMs(clock.zone, at));
}

/**
 * From which wall-clock time on a trail must be read so that nothing since `at` is missed. In a named zone an hour
 * earlier: when the clocks go back, rows of the second pass bear earlier times than rows of the first.
 */
export function trailStartOf(clock: VaultClock, at: Instant): number {
  return wallClockOf(clock, at) - (clock.kind === 'zone' ? hourMs : 0);
}

/**
 * How far before their moment times may be read that were written shortly before `at`: in the hour that comes twice, the
 * rows of the second pass count as of the first. Nothing at any other time.
 */
export function readEarlyMs(zone: string, at: Instant): number {
  return Math.max(0, zoneOffsetMs(zone, at - changeSeenMs) - zoneOffsetMs(zone, at));
}

/** So long after the clocks went back, rows of the doubled hour may still be read for the first time. */
const changeSeenMs = 3 * hourMs;

/** No wall clock on earth is further from UTC than 14 hours. */
export const widestOffsetMs = 14 * hourMs;

/** How far a date may be off that was read as UTC because the vault's clock is not known; 0 where it is. */
export function dateBlurMs(clock: Told<VaultClock>): number {
  return 'known' in clock ? 0 : widestOffsetMs;
}

/** Whether this name is a time zone that can be computed with (IANA names such as `Europe/Berlin`). */
export function isZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

/** `UTC`, `UTC+05:30`, `UTC-03:00`. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function zoneOffsetMs(zone: string, at: Instant): number {
  const seconds = Math.floor(at / 1000) * 1000;
  const part = Object.fromEntries(
    formatter(zone)
      .formatToParts(seconds)
      .map((one) => [one.type, Number(one.value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

/** Making one costs far more than using it, and a trail holds thousands of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const made = formatters.get(zone) ?? newFormatter(zone);
  formatters.set(zone, made);
  return made;
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
}
