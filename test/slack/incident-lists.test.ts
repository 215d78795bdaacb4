import { expect, it } from 'vitest';
import { lengthOf } from '../../src/slack/incident-lists.ts';

it.each([
  [7 * 86_400_000, '7 days', '7d'],
  [86_400_000, 'day', '1d'],
  [12 * 3_600_000, '12 hours', '12h'],
  [36 * 3_600_000, '36 hours', '36h'],
  [90 * 60_000, '90 minutes', '90m'],
  [45_000, '45 seconds', '45s'],
])('%i ms: the list says "%s", and its next page is asked for by "%s"', (ms, text, word) => {
  expect(lengthOf(ms)).toEqual({ text, word });
});
