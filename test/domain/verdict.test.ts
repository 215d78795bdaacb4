import { describe, expect, it } from 'vitest';
import type { Gap } from '../../src/domain/gap.ts';
import { overall } from '../../src/domain/report.ts';
import { fact, fail, pass, skipped, unknown, warn, worst } from '../../src/domain/verdict.ts';

const gap: Gap = { source: 'secret-server', cause: 'denied', detail: 'The reader may not list users.' };
const seen = fact('scanUsers', 'svc-qualys is enabled');
const all = {
  pass: pass(seen),
  warn: warn('It expires soon.', [seen]),
  fail: fail('It is locked.', [seen], 'Unlock it.'),
  unknown: unknown([gap]),
  skipped: skipped('No folder is configured.'),
};

describe('worst', () => {
  it.each([
    ['pass and skipped', [all.pass, all.skipped], 'pass'],
    ['pass and warn', [all.pass, all.warn], 'warn'],
    ['warn and unknown: it might have been a fail', [all.warn, all.unknown], 'unknown'],
    ['unknown and fail: what is proved stays', [all.unknown, all.fail], 'fail'],
    ['only skipped', [all.skipped, all.skipped], 'skipped'],
  ] as const)('%s', (_, [first, ...rest], verdict) => {
    expect(worst([first, ...rest]).verdict).toBe(verdict);
  });

  it('names every clause, the worst first, and keeps the remedy of the worst', () => {
    const judged = worst([all.warn, all.fail]);
    expect(judged).toMatchObject({ finding: 'It is locked. It expires soon.', remedy: 'Unlock it.' });
  });

  it('keeps the remedy of the first of the worst, also when that is the own one of the check', () => {
    const own = fail('It is disabled.', [seen]);
    expect(worst([own, all.fail])).toMatchObject({ remedy: null });
    expect(worst([all.fail, own])).toMatchObject({ remedy: 'Unlock it.' });
  });

  it('lists each gap once', () => {
    expect(worst([all.unknown, all.unknown])).toMatchObject({ gaps: [gap] });
  });
});

describe('overall', () => {
  const row = (verdict: 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped', accepted = false) => ({
    verdict,
    accepted: accepted ? { reason: 'known', until: '2027-01-01' } : null,
  });

  it.each([
    ['nothing judged proves nothing', [], 'unknown'],
    ['all skipped proves nothing', [row('skipped')], 'unknown'],
    ['fail wins', [row('pass'), row('unknown'), row('fail')], 'fail'],
    ['unknown before warn', [row('warn'), row('unknown')], 'unknown'],
    ['an accepted fail does not count', [row('pass'), row('fail', true)], 'pass'],
  ] as const)('%s', (_, rows, word) => {
    expect(overall(rows)).toBe(word);
  });
});
