import { describe, expect, it } from 'vitest';
import { dayMs } from '../../src/domain/instant.ts';
import type { HappeningSeen } from '../../src/domain/observation.ts';
import { remember } from '../../src/domain/seen-again.ts';
import { at } from '../given.ts';
import { happening, minute, remembered } from '../incidents.ts';

describe('the same thing seen again', () => {
  const again = (
    kind: 'account-locked' | 'login-failed',
    offMs: number,
    fields: Partial<HappeningSeen> = {},
    isTimeOfSending = false,
  ) => {
    const before = happening(kind, isTimeOfSending ? { isTimeOfSending } : {});
    return remember(happening(kind, { at: at + offMs, ...fields }), remembered(before)).known;
  };

  it.each<[string, boolean, Parameters<typeof again>]>([
    ['a lockout within two seconds, by any way', true, ['account-locked', 2_000]],
    ['a lockout later than that', false, ['account-locked', 2_001]],
    ['a lockout by mail, within a minute and a half', true, ['account-locked', 90_000, { via: 'mail' }]],
    ['a lockout by mail later than that', false, ['account-locked', 90_001, { via: 'mail' }]],
    ['a failure by another way', true, ['login-failed', -1_500, { via: 'poll' }]],
    [
      'a failure by another way from another address',
      false,
      ['login-failed', 0, { via: 'poll', address: '10.0.0.1' }],
    ],
    [
      'a failure by another way without an address',
      true,
      ['login-failed', 0, { via: 'poll', address: null }],
    ],
    [
      'a failure whose event was dated by its sending',
      true,
      ['login-failed', -25_000, { via: 'poll' }, true],
    ],
    [
      'a failure longer before it was sent than that',
      false,
      ['login-failed', -30_001, { via: 'poll' }, true],
    ],
    [
      'a failure dated by its sending, after the row',
      true,
      ['login-failed', 25_000, { via: 'tcp', isTimeOfSending: true }],
    ],
    ['a failure dated by itself, as far from the row', false, ['login-failed', 25_000, { via: 'tcp' }]],
    ['a second failure by the same way', false, ['login-failed', 1_000]],
    ['the very same failure sent again', true, ['login-failed', 0]],
    ['a second one of that moment, by a way that counts', false, ['login-failed', 0, { nth: 1 }]],
  ])('%s: %s', (...row) => {
    const [, known, call] = row;
    expect(again(...call)).toBe(known);
  });

  it('a row that was paired with an event of another second is known when it is read again', () => {
    const event = (offMs: number) => happening('login-failed', { at: at + offMs });
    const row = (offMs: number) => happening('login-failed', { at: at + offMs, via: 'poll', source: 'poll' });
    const both = remembered(event(0), event(1_000), row(350), row(1_400));
    expect(both).toHaveLength(2);
    for (const again of [row(350), row(1_400), event(0), event(1_000)])
      expect(remember(again, both)).toEqual({ known: true, recent: both });
  });

  it('of five in one moment, events tell one and a poll all, however often it reads them', () => {
    const event = happening('login-failed');
    const rows = [0, 1, 2, 3, 4].map((nth) =>
      happening('login-failed', { via: 'poll', source: 'poll', ...(nth > 0 ? { nth } : {}) }),
    );
    expect(remembered(event, event)).toHaveLength(1);
    expect(remembered(event, ...rows)).toHaveLength(5);
    expect(remembered(event, ...rows, ...rows)).toHaveLength(5);
  });

  it('does not count a flood again that is longer than its memory', () => {
    const flood = Array.from({ length: 300 }, (_, one) => happening('login-failed', { at: at + one * 100 }));
    const recent = remembered(...flood);
    expect(flood.filter((one) => !remember(one, recent).known)).toEqual([]);
    expect(remember(happening('account-locked', { at: minute(-60) }), recent).known).toBe(false);
  });

  it('forgets after a day, and never keeps more than it may', () => {
    const many = Array.from({ length: 500 }, (_, one) => happening('login-failed', { at: at + one * 1_000 }));
    expect(remembered(...many)).toHaveLength(200);
    const nextDay = happening('login-failed', { at: at + 2 * dayMs });
    expect(remembered(happening('login-failed'), nextDay)).toHaveLength(1);
  });
});
