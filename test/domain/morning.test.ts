import { expect, it } from 'vitest';
import { nextMorning } from '../../src/domain/morning.ts';

it.each([
  ['before nine, today', '2026-11-24T03:07:00Z', 'Europe/Berlin', '2026-11-24T08:00:00Z'],
  ['at nine, tomorrow', '2026-11-24T08:00:00Z', 'Europe/Berlin', '2026-11-25T08:00:00Z'],
  ['on another day than in UTC', '2026-11-24T03:07:00Z', 'America/New_York', '2026-11-24T14:00:00Z'],
  ['over the change of the clocks', '2026-10-24T20:00:00Z', 'Europe/Berlin', '2026-10-25T08:00:00Z'],
])('nine o’clock comes %s', (_, at, zone, expected) => {
  expect(new Date(nextMorning(Date.parse(at), zone)).toISOString()).toBe(new Date(expected).toISOString());
});
