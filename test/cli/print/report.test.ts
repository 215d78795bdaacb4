import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { printReport } from '../../../src/cli/print/report.ts';
import { printReports } from '../../../src/cli/print/reports.ts';
import { cells } from '../../../src/cli/print/text.ts';
import type { Style } from '../../../src/cli/terminal.ts';
import { failing, report, row } from '../reports.ts';

const style: Style = { colour: false, width: 100, timeZone: 'Europe/Berlin' };

/** After a wanted change: `npx vitest run -u test/cli`. */
const golden = (name: string) => join(import.meta.dirname, `../../golden/cli/${name}.golden.txt`);

const blind = report({
  overall: 'unknown',
  subject: { secret: 'scanadmin', secretId: null },
  diagnosis: {
    kind: 'blind',
    check: 'secret-found',
    text: 'Not everything could be seen.',
    next: 'Share it.',
    explains: [],
  },
  proof: { level: 'partial', at: null, text: 'a login, and no view after it.' },
});

describe('a printed report', () => {
  it.each<[string, Parameters<typeof printReport>]>([
    ['well', [report(), style]],
    ['failing', [failing, style]],
    ['narrow', [failing, { ...style, width: 48, timeZone: 'UTC' }]],
    ['blind', [blind, style]],
    ['coloured', [failing, { ...style, colour: true }]],
  ])('looks as it did: %s', async (name, [given, how]) => {
    await expect(printReport(given, how)).toMatchFileSnapshot(golden(`report-${name}`));
  });

  it('says in two lines what is wrong with which secret', () => {
    const [first, second] = printReport(failing, style).split('\n');
    expect(first).toBe('✗ FAIL  scanadmin · corp — the scan cannot get this password');
    expect(second).toMatch(/^Cause {3}DoubleLock is on for secret 42 since 23 Nov 2026, 17:02 CET/);
  });

  it('has the same words with and without colour', () => {
    const coloured = printReport(failing, { ...style, colour: true });
    expect(coloured).not.toBe(printReport(failing, style));
    expect(stripVTControlCharacters(coloured)).toBe(printReport(failing, style));
  });

  it('stays within the width', () => {
    const lines = printReport(failing, { ...style, width: 60 }).split('\n');
    expect(Math.max(...lines.map(cells))).toBeLessThanOrEqual(60);
  });

  it('lets no foreign text move the cursor, hide or reorder', () => {
    const hostile = 'a\u001b[2J\u009b31m\u202eb\u0007\r\nc\u200b';
    const given = report({
      subject: { secret: hostile, secretId: 1 },
      integration: hostile,
      runId: hostile,
      proof: { level: 'none', at: null, text: hostile },
    });
    const printed = printReport(given, style);
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(printed).toContain('a<001B>[2J<009B>31m<202E>b<0007> c<200B>');
  });

  it('says once what several rows could not see', () => {
    const gaps = [
      { source: 'secret-server', cause: 'absent', detail: 'No such secret is visible.' },
    ] as const;
    const unseen = (id: string) => row(id, 'secret', { verdict: 'unknown', evidence: [], gaps: [...gaps] });
    const printed = printReport(report({ checks: [unseen('a'), unseen('b')] }), style);
    expect(printed).toContain(
      '? The fact of a holds (a): unknown\n? The fact of b holds (b): unknown\n  Secret Server, absent: No such',
    );
    expect(printed.split('No such secret')).toHaveLength(2);
  });

  it('counts several at the end', () => {
    const printed = printReports([report(), failing, blind], style);
    expect(printed.trimEnd().split('\n').at(-1)).toBe('3 secrets: ✗ 1 fail   ? 1 unknown   ✓ 1 pass');
  });
});
