import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VaultClock } from '../../src/domain/evidence/account.ts';
import { hourMs } from '../../src/domain/instant.ts';
import {
  instantOf,
  isZone,
  offsetText,
  readEarlyMs,
  trailStartOf,
  wallClockOf,
} from '../../src/domain/vault-clock.ts';

const zone = (name: string): VaultClock => ({ kind: 'zone', zone: name, how: '' });
const offset = (minutes: number): VaultClock => ({ kind: 'offset', minutes, how: '' });
const wall = (text: string) => ({ ms: Date.parse(`${text}Z`), zoned: false });
const berlin = zone('Europe/Berlin');

describe('a time that the vault wrote', () => {
  it.each<[string, VaultClock, string, string]>([
    ['in UTC', offset(0), '2026-11-24T12:00:00.123', '2026-11-24T12:00:00.123Z'],
    ['at a measured offset', offset(-330), '2026-11-24T12:00:00.000', '2026-11-24T17:30:00.000Z'],
    ['in a zone in winter', berlin, '2026-01-15T12:00:00.250', '2026-01-15T11:00:00.250Z'],
    ['in a zone in summer', berlin, '2026-07-15T12:00:00.000', '2026-07-15T10:00:00.000Z'],
    ['just before spring forward', berlin, '2026-03-29T01:59:59.000', '2026-03-29T00:59:59.000Z'],
    ['left out in spring', berlin, '2026-03-29T02:30:00.000', '2026-03-29T01:30:00.000Z'],
    ['just after spring forward', berlin, '2026-03-29T03:00:00.000', '2026-03-29T01:00:00.000Z'],
    ['before the doubled hour', berlin, '2026-10-25T01:59:00.000', '2026-10-24T23:59:00.000Z'],
    ['in the doubled hour: its first pass', berlin, '2026-10-25T02:30:00.000', '2026-10-25T00:30:00.000Z'],
    ['after the doubled hour', berlin, '2026-10-25T03:00:00.000', '2026-10-25T02:00:00.000Z'],
    [
      'west of Greenwich, doubled',
      zone('America/New_York'),
      '2026-11-01T01:30:00.000',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'west of Greenwich, left out',
      zone('America/New_York'),
      '2026-03-08T02:30:00.000',
      '2026-03-08T07:30:00.000Z',
    ],
    [
      'with half an hour of daylight saving',
      zone('Australia/Lord_Howe'),
      '2026-01-10T12:00:00.000',
      '2026-01-10T01:00:00.000Z',
    ],
    ['at midnight', zone('Asia/Kolkata'), '2026-05-01T00:00:00.000', '2026-04-30T18:30:00.000Z'],
  ])('%s', (_, clock, written, moment) => {
    expect(new Date(instantOf(clock, wall(written))).toISOString()).toBe(moment);
  });

  it('is a moment already when it came with an offset', () => {
    expect(instantOf(berlin, { ms: 5, zoned: true })).toBe(5);
  });

  it('turns back into the moment that wrote it, or into the first pass of the doubled hour', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
    const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (name, at) => {
        const read = instantOf(zone(name), { ms: wallClockOf(zone(name), at), zoned: false });
        expect([0, hourMs / 2, hourMs]).toContain(at - read);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the start of a trail', () => {
  it('lies before every wall clock that shows a later moment, also when the clocks go back', () => {
    const since = Date.parse('2026-10-25T00:50:00Z');
    const later = Date.parse('2026-10-25T01:05:00Z');
    expect(wallClockOf(berlin, later)).toBeLessThan(wallClockOf(berlin, since));
    expect(trailStartOf(berlin, since)).toBeLessThanOrEqual(wallClockOf(berlin, later));
    expect(trailStartOf(offset(60), since)).toBe(since + hourMs);
  });
});

describe('rows of the hour that comes twice', () => {
  it.each([
    ['before the clocks go back', '2026-10-25T00:59:00Z', 0],
    ['in the second pass', '2026-10-25T01:30:00Z', hourMs],
    ['while they may still be read for the first time', '2026-10-25T03:00:00Z', hourMs],
    ['later', '2026-10-25T05:00:00Z', 0],
    ['when the clocks go forward', '2026-03-29T01:30:00Z', 0],
  ])('are read so much early %s', (_, at, early) => {
    expect(readEarlyMs('Europe/Berlin', Date.parse(at))).toBe(early);
    expect(readEarlyMs('UTC', Date.parse(at))).toBe(0);
  });
});

it.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['W. Europe Standard Time', false],
  ['', false],
])('zone %j: %s', (name, known) => {
  expect(isZone(name)).toBe(known);
});

it.each([
  [0, 'UTC'],
  [330, 'UTC+05:30'],
  [-60, 'UTC-01:00'],
])('%i minutes are %s', (minutes, text) => {
  expect(offsetText(minutes)).toBe(text);
});
