import { expect, it } from 'vitest';
import { setBy } from '../../src/domain/setting-change.ts';

const at = Date.parse('2026-11-23T17:02:00Z');
const row = (notes: string, minute = 0) => ({ at: at + minute * 60_000, notes, by: 'm.weber' });
const told = ' (set 2026-11-23T17:02Z by m.weber)';
const gap = { source: 'secret-server', cause: 'denied', detail: 'No View Secret Audit.' } as const;

it.each([
  ['its own words', [row('DoubleLock: false to true;')], told],
  ['among other changes', [row('Name: a to b; Double Lock: No to Yes;')], told],
  [
    'the newest that says so',
    [row('DoubleLock: true to false;', 2), row('DoubleLock: false to true;')],
    told,
  ],
  ['not the other way round', [row('DoubleLock: true to false;')], ''],
  ['not another setting', [row('Approval: false to true;')], ''],
  ['not a name that ends so', [row('Name: doublelock to true story;')], ''],
  ['nothing in the audit', [], ''],
])('%s', (_, rows, words) => {
  expect(setBy({ known: rows }, /^(double|quantum)lock/i, 'true')).toBe(words);
});

it('says nothing where the audit cannot be read', () => {
  expect(setBy({ gap }, /lock/, 'true')).toBe('');
});
