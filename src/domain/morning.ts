import { dayMs, hourMs, type Instant } from './instant.ts';
import { instantOf, wallClockOf } from './vault-clock.ts';

const morningHour = 9;

/** The next 9:00 of a time zone, after `at`; whatever the clocks do in between. */
export function nextMorning(at: Instant, zone: string): Instant {
  const clock = { kind: 'zone', zone, how: '' } as const;
  const today = Math.floor(wallClockOf(clock, at) / dayMs) * dayMs + morningHour * hourMs;
  const candidates = [today, today + dayMs].map((ms) => instantOf(clock, { ms, zoned: false }));
  return candidates.find((one) => one > at) ?? at + dayMs;
}
