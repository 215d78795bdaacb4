import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report, ReportedCheck } from '../../../src/domain/report.ts';
import { charactersOf, limits, section } from '../../../src/slack/blocks.ts';
import { asValue, RunValue, readValue } from '../../../src/slack/ids.ts';
import { answerView } from '../../../src/slack/render/answer.ts';
import { auditView } from '../../../src/slack/render/audit.ts';
import { batchView } from '../../../src/slack/render/batch.ts';
import { secretOption } from '../../../src/slack/render/check-modal.ts';
import { detailsView } from '../../../src/slack/render/details.ts';
import { explainView } from '../../../src/slack/render/explain.ts';
import { logView, progressView, troubleView } from '../../../src/slack/render/notes.ts';
import { reportView } from '../../../src/slack/render/report.ts';
import { plain, say } from '../../../src/slack/text.ts';
import { at, auditAnswer, auditLine, batch, failing, report, reported } from '../fixtures.ts';
import { problemsOf } from '../validate.ts';

const nasty = [
  '<!channel> <!here> <@U0BOSS> <https://evil.example|click>',
  '&amp;&lt;!channel&gt;',
  '```<!everyone>',
  '\u202egnp.exe\u0000\n\n\r',
  '2026-11-23T17:02Z<!date^1^{date}|x>',
  '@channel @here #general',
  '&'.repeat(5000),
  '🧨'.repeat(3000),
];
const foreign = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }).map((text) => text.repeat(9)),
);
const named = foreign.map((text) => text || 'x');

const check: fc.Arbitrary<ReportedCheck> = fc.record({
  id: fc.constant('secret-doublelock'),
  section: fc.constantFrom('reach', 'account', 'secret', 'practice', 'alerts', 'qualys', 'directory'),
  title: named,
  verdict: fc.constantFrom('pass', 'warn', 'fail', 'unknown', 'skipped'),
  accepted: fc.option(fc.record({ reason: named, until: fc.constant('2027-06-30') })),
  finding: fc.option(named),
  remedy: fc.option(named),
  because: fc.option(named),
  gaps: fc.array(fc.record({ source: fc.constant('qualys'), cause: fc.constant('denied'), detail: named }), {
    maxLength: 8,
  }),
  evidence: fc.array(fc.record({ source: fc.constant('qualys'), fact: named, at: fc.constant(at) }), {
    maxLength: 20,
  }),
});

const anyReport: fc.Arbitrary<Report> = fc
  .record({ secret: named, text: named, checks: fc.array(check, { maxLength: 60 }), blind: fc.boolean() })
  .map(({ secret, text, checks, blind }) =>
    report({
      subject: { secret, secretId: null },
      integration: text,
      overall: 'fail',
      diagnosis: {
        kind: blind ? 'blind' : 'cause',
        check: 'x',
        text,
        next: text,
        explains: ['secret-doublelock'],
      },
      proof: { level: 'none', at: null, text },
      checks,
    }),
  );

const few = { numRuns: 40 };

describe('whatever vendors and people call their things', () => {
  it('a report stays a message of 12 blocks that mentions nobody', () => {
    fc.assert(
      fc.property(anyReport, (given) => {
        const view = reportView(given);
        expect(problemsOf(view)).toEqual([]);
        expect(view.blocks.length).toBeLessThanOrEqual(12);
        expect(charactersOf(view.blocks)).toBeLessThanOrEqual(limits.totalCharacters);
      }),
      few,
    );
  });

  it('every page of the details is a view that Slack takes, and no check is left out', () => {
    fc.assert(
      fc.property(anyReport, (given) => {
        const views = pagesOf(given);
        for (const view of views) expect(problemsOf(view)).toEqual([]);
        const rows = views.flatMap(({ blocks }) => blocks).filter((one) => one.type === 'section');
        expect(rows).toHaveLength(given.checks.length);
      }),
      few,
    );
  });

  it('audits, batches, answers and notes are messages that Slack takes', () => {
    fc.assert(
      fc.property(named, fc.nat(300), (text, count) => {
        const line = { ...auditLine, who: text, action: text, from: text, secret: text, notes: text };
        const row = { integration: text, secret: text, runId: 'r', overall: 'fail', text } as const;
        const entry = { at, person: text, workspace: text, channel: text, what: text, allowed: false };
        const suggestions = Array.from({ length: Math.min(count, 12) }, () => ({ label: text, words: text }));
        const subject = { kind: 'account', name: text } as const;
        const views = [
          auditView({ ...auditAnswer, subject, lines: Array(count).fill(line), gaps: Array(20).fill(text) }),
          batchView({
            ...batch,
            rows: Array(count).fill(row),
            unwatched: Array(30).fill({ integration: text, count }),
          }),
          answerView({ text, suggestions }),
          explainView({ id: 'x', section: 'reach', title: text, why: text, remedy: text }),
          progressView([text, text]),
          troubleView({ text, reference: 'r' }),
          logView(Array(count).fill(entry)),
        ];
        for (const view of views) expect(problemsOf(view)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

function pagesOf(given: Report) {
  const views = [detailsView(given, 0)];
  while (JSON.stringify(views.at(-1)).includes('Next page')) views.push(detailsView(given, views.length));
  return views;
}

describe('text', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['a & b', 'a &amp; b'],
    ['two\n lines', 'two lines'],
    ['since 2026-11-23T17:02Z.', 'since <!date^1795453320^{date_short_pretty} {time}|2026-11-23 17:02 UTC>.'],
    ['at 2026-99-99T17:02Z', 'at 2026-99-99T17:02Z'],
  ])('says %j as %j', (text, expected) => {
    expect(say(text, 500)).toBe(expected);
  });

  it('never cuts within an escape, a date or a character', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const cut = say(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/&/);
        expect(cut).not.toMatch(/<(?!!date\^\d+\^\{date_short_pretty\} \{time\}\|[\d: -]+ UTC>)/);
        expect(cut).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
        expect(plain(text, max).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('leaves whole lines out of a section and says how many', () => {
    const block = section(Array.from({ length: 100 }, (_, at) => `${at} ${'x'.repeat(100)}`));
    expect(block.text?.text).toMatch(/\n_and 72 more_$/);
  });
});

describe('values', () => {
  it('fit into 75 characters, and are read back', () => {
    const value = asValue({ run: '8c1f4c52-30c2-4b7e-9c39-6f0e2f5d8b11' });
    expect(value.length).toBeLessThanOrEqual(75);
    expect(readValue(RunValue, value)).toEqual({ v: 1, run: '8c1f4c52-30c2-4b7e-9c39-6f0e2f5d8b11' });
  });

  it.each([
    undefined,
    '',
    'x',
    '{}',
    '{"v":2,"run":"a"}',
    '{"v":1,"run":""}',
    '{"v":1,"run":"a","more":1}',
    'null',
  ])('refuses %j', (text) => {
    expect(readValue(RunValue, text)).toBeNull();
  });

  it('an option of the modal is short whatever the name', () => {
    const option = secretOption({ integration: 'corp', secret: '<'.repeat(300) }, 'key');
    expect(option.text.text.length).toBeLessThanOrEqual(75);
    expect(detailsView({ ...failing, checks: [reported('a', 'reach')] }, 99).blocks.length).toBeGreaterThan(
      0,
    );
  });
});
