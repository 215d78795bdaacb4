import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs } from '../../src/domain/instant.ts';
import { quietUntil } from '../../src/domain/quiet-hours.ts';

const night = { from: '20:00', to: '07:00', timeZone: 'Europe/Berlin' };

it.each([
  ['in the evening', '2026-11-24T19:30:00Z', '2026-11-25T06:00:00Z'],
  ['after midnight', '2026-11-25T02:00:00Z', '2026-11-25T06:00:00Z'],
  ['by day', '2026-11-25T12:00:00Z', null],
  ['in the night in which the clocks go forward', '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
  ['in the night in which they go back', '2026-10-24T22:00:00Z', '2026-10-25T06:00:00Z'],
])('the quiet hours end, %s', (_, at, until) => {
  const end = quietUntil(Date.parse(at), night);
  expect(end && new Date(end).toISOString().replace('.000Z', 'Z')).toBe(until);
});

it('end after the second pass of the hour that comes twice, where they end in it', () => {
  const hours = { ...night, to: '02:30' };
  const secondPass = Date.parse('2026-10-25T01:15:00Z');
  expect(quietUntil(secondPass, hours)).toBe(Date.parse('2026-10-25T01:30:00Z'));
});

it('never end in the past, and within a day and an hour', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
  const times = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    const two = (value: number) => String(value).padStart(2, '0');
    return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
  });
  // Around both changes of the year.
  const moments = fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04'),
      fc.integer({ min: -dayMs, max: 2 * dayMs }),
    )
    .map(([day, offset]) => Date.parse(`${day}T00:00:00Z`) + offset);
  fc.assert(
    fc.property(moments, times, times, fc.constantFrom(...zones), (at, from, to, timeZone) => {
      const until = quietUntil(at, { from, to, timeZone });
      if (until === null) return;
      expect(until).toBeGreaterThan(at);
      expect(until - at).toBeLessThanOrEqual(dayMs + 3_600_000);
    }),
    { numRuns: 2_000 },
  );
});
