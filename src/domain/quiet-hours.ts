import { z } from 'zod';
import { dayMs, type Instant, minuteMs } from './instant.ts';
import { instantOf, wallClockOf } from './vault-clock.ts';

/** `from` and `to` are times of day such as `20:00`; a `to` before `from` is on the next day. */
export const QuietHours = z.strictObject({ from: z.string(), to: z.string(), timeZone: z.string() });
export type QuietHours = z.infer<typeof QuietHours>;

/** When the quiet hours that `at` lies in end; null when it lies in none. */
export function quietUntil(at: Instant, hours: QuietHours | null): Instant | null {
  if (hours === null) return null;
  const clock = { kind: 'zone', zone: hours.timeZone, how: '' } as const;
  const wall = wallClockOf(clock, at);
  const midnight = Math.floor(wall / dayMs) * dayMs;
  const [from, to] = [timeOfDayMs(hours.from), timeOfDayMs(hours.to)];
  const now = wall - midnight;
  const quiet = from < to ? now >= from && now < to : from !== to && (now >= from || now < to);
  if (!quiet) return null;
  const end = midnight + to + (now < to ? 0 : dayMs);
  const until = instantOf(clock, { ms: end, zoned: false });
  // In the second pass of the hour that comes twice, the end of the first lies behind: a timer for it would never rest.
  return until > at ? until : at + end - wall;
}

function timeOfDayMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
}
