import { describe, expect, it } from 'vitest';
import { type Check, defineCheck } from '../../src/domain/check.ts';
import { judgeAll } from '../../src/domain/judge.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { fact, fail, pass, skipped, unknown, warn } from '../../src/domain/verdict.ts';
import { at, bookOf, context, denied, secret } from '../given.ts';

const data = {
  section: 'secret',
  title: 'It is so',
  why: 'Because.',
  remedy: 'Mend it.',
  blocking: true,
} as const;
const seen = fact('secret', 'DoubleLock is on');

const failing = defineCheck({
  ...data,
  id: 'secret-doublelock',
  needs: ['secret'],
  judge: () => fail('It is locked.', [seen]),
});
const warning = defineCheck({
  ...data,
  id: 'secret-checkout',
  needs: ['secret'],
  judge: () => warn('It is shared.', [seen], 'Share it no more.'),
});
const passing = defineCheck({
  ...data,
  id: 'secret-comment',
  needs: ['secret'],
  wants: ['scanUsers'],
  judge: () => pass(seen),
});
const blind = defineCheck({
  ...data,
  id: 'secret-found',
  needs: ['secretMatches'],
  judge: () => pass(fact('secretMatches', 'one')),
});
const undecided = defineCheck({
  ...data,
  id: 'secret-readable',
  needs: ['secret'],
  judge: () => unknown([denied], [seen]),
});
const exempt = defineCheck({
  ...data,
  id: 'secret-heartbeat',
  needs: ['secret'],
  judge: () => skipped('It is off.'),
});
const all: Check[] = [failing, warning, passing, blind, undecided, exempt];

const book = bookOf({ secret: secret(), secretMatches: { gap: denied } });

function row(check: Check, settings: Partial<Settings> = {}) {
  return judgeAll(book, context(settings), [check]).checks[0];
}

describe('a row', () => {
  const when = new Date(at).toISOString();
  const evidence = [{ source: 'secret-server', fact: 'DoubleLock is on', at: when }];
  const empty = { accepted: null, finding: null, remedy: null, because: null, gaps: [], evidence: [] };

  it.each([
    [
      'fail: the finding with the remedy of the check',
      failing,
      { verdict: 'fail', finding: 'It is locked.', remedy: 'Mend it.', evidence },
    ],
    [
      'warn: the remedy of the case wins',
      warning,
      { verdict: 'warn', finding: 'It is shared.', remedy: 'Share it no more.', evidence },
    ],
    [
      'pass: what was wanted and missing stands beside it',
      passing,
      {
        verdict: 'pass',
        evidence,
        gaps: [{ source: 'vaultcheck', cause: 'absent', detail: 'Nobody gathered "scanUsers" in this run.' }],
      },
    ],
    ['unknown, because a need is missing', blind, { verdict: 'unknown', gaps: [denied] }],
    ['unknown, by the rule itself', undecided, { verdict: 'unknown', gaps: [denied], evidence }],
    ['skipped', exempt, { verdict: 'skipped', because: 'It is off.' }],
  ] as const)('%s', (_, check, expected) => {
    expect(row(check)).toEqual({ id: check.id, section: 'secret', title: 'It is so', ...empty, ...expected });
  });

  it('keeps the order of the checks and judges each once', () => {
    expect(judgeAll(book, context(), all).checks.map((one) => one.id)).toEqual(all.map((one) => one.id));
  });
});

describe('a waiver', () => {
  const waiver = { check: 'secret-doublelock', secret: null, reason: 'known', until: '2026-11-24' };
  const accepted = { reason: 'known', until: '2026-11-24' };

  it.each([
    ['counts on its last day', failing, waiver, accepted],
    ['is over the day after', failing, { ...waiver, until: '2026-11-23' }, null],
    ['counts for a warning', warning, { ...waiver, check: 'secret-checkout' }, accepted],
    ['counts for the secret that it names', failing, { ...waiver, secret: 'scanadmin' }, accepted],
    ['does not count for another secret', failing, { ...waiver, secret: 'other' }, null],
    ['does not count for another check', failing, { ...waiver, check: 'secret-comment' }, null],
    ['cannot accept an unknown', blind, { ...waiver, check: 'secret-found' }, null],
    ['leaves a pass alone', passing, { ...waiver, check: 'secret-comment' }, null],
  ])('%s', (_, check, accept, expected) => {
    expect(row(check, { accept: [accept] })?.accepted).toEqual(expected);
  });

  it('takes the finding out of the overall verdict and of the diagnosis', () => {
    expect(judgeAll(book, context({ accept: [waiver] }), [failing, passing])).toMatchObject({
      overall: 'pass',
      diagnosis: null,
    });
    expect(judgeAll(book, context(), [failing, passing])).toMatchObject({
      overall: 'fail',
      diagnosis: { kind: 'cause', check: 'secret-doublelock' },
    });
  });
});

describe('the secret', () => {
  it('has its id when it is known, and null otherwise', () => {
    expect(judgeAll(book, context(), []).secretId).toBe(42);
    expect(judgeAll(bookOf({ secret: { gap: denied } }), context(), []).secretId).toBeNull();
    expect(judgeAll({}, context(), []).secretId).toBeNull();
  });
});
