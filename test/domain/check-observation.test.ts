import { describe, expect, it } from 'vitest';
import { checkObservation } from '../../src/domain/check-observation.ts';
import type { Report, VerdictWord } from '../../src/domain/report.ts';
import { at } from '../given.ts';
import { minute } from '../incidents.ts';

describe('checks', () => {
  const report = (minutes: number, verdicts: Record<string, VerdictWord>): Report => ({
    schema: 'vaultcheck.report/1',
    runId: 'r',
    integration: 'corp',
    subject: { secret: 'scanadmin', secretId: 42 },
    startedAt: new Date(minute(minutes)).toISOString(),
    finishedAt: new Date(minute(minutes)).toISOString(),
    overall: 'fail',
    diagnosis: null,
    proof: { level: 'none', at: null, text: '' },
    checks: Object.entries(verdicts).map(([id, verdict]) => ({
      id,
      section: 'secret',
      title: id,
      verdict,
      accepted: null,
      finding: verdict === 'fail' ? `${id} fails` : null,
      remedy: null,
      because: null,
      gaps: [],
      evidence: [],
    })),
    calls: {},
  });
  const observedOf = (...all: Report[]) => {
    const [now, ...history] = all;
    if (!now) throw new Error('no report');
    return checkObservation(now, { blocking: new Set(['a', 'b', 'secret-checkout']), history, seenAt: at });
  };
  const newly = (...all: Report[]) => {
    const seen = observedOf(...all);
    return seen.kind === 'secret-checked' ? seen.newlyFailing : seen.kind;
  };

  it.each<[string, Report[], string[] | string]>([
    ['a first run', [report(0, { a: 'fail', b: 'pass' })], []],
    ['what passed before', [report(0, { a: 'fail' }), report(-9, { a: 'pass' })], ['a']],
    [
      'what failed before',
      [report(0, { a: 'fail' }), report(-9, { a: 'fail' }), report(-99, { a: 'pass' })],
      [],
    ],
    [
      'unknown in between, passed before',
      [report(0, { a: 'fail' }), report(-9, { a: 'unknown' }), report(-99, { a: 'pass' })],
      ['a'],
    ],
    [
      'unknown in between, failed before',
      [report(0, { a: 'fail' }), report(-9, { a: 'unknown' }), report(-99, { a: 'fail' })],
      [],
    ],
    ['advice', [report(0, { c: 'fail', a: 'pass' }), report(-9, { c: 'pass' })], []],
    [
      'a check-out, at first',
      [report(0, { 'secret-checkout': 'fail' }), report(-9, { 'secret-checkout': 'pass' })],
      [],
    ],
    [
      'a check-out that stays',
      [
        report(0, { 'secret-checkout': 'fail' }),
        report(-30, { 'secret-checkout': 'fail' }),
        report(-99, { 'secret-checkout': 'pass' }),
      ],
      ['secret-checkout'],
    ],
    [
      'a check-out that stayed already',
      [
        report(0, { 'secret-checkout': 'fail' }),
        report(-30, { 'secret-checkout': 'fail' }),
        report(-60, { 'secret-checkout': 'fail' }),
        report(-99, { 'secret-checkout': 'pass' }),
      ],
      [],
    ],
    ['nothing judged', [report(0, { a: 'unknown', b: 'skipped' })], 'look-failed'],
  ])('%s', (...row) => {
    const [, reports, expected] = row;
    expect(newly(...reports)).toEqual(expected);
  });

  it('bears the verdicts and the finding', () => {
    const seen = observedOf(report(0, { a: 'fail', b: 'pass', c: 'fail' }), report(-9, { a: 'pass' }));
    expect(seen).toMatchObject({
      secret: 'scanadmin',
      verdicts: { a: 'fail', b: 'pass' },
      findings: { a: 'a fails' },
    });
  });
});
