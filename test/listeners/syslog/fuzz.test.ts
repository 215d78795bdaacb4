import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('survives 100,000 mutated lines, counts each, and understands every valid neighbour', {
  timeout: 60_000,
}, () => {
  const count = 100_000;
  const result = fuzz(count, 20261124);
  expect(result).toMatchObject({ lines: 2 * count, counted: 2 * count, neighboursUnderstood: count });
  expect(result.quarantined).toBeGreaterThan(0);
  expect(result.quarantined).toBeLessThanOrEqual(125);
});
