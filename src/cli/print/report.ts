import { meaningOf } from '../../domain/meaning.ts';
import type { Report, ReportedCheck, VerdictWord } from '../../domain/report.ts';
import { rowGroups } from '../../domain/row-groups.ts';
import type { Style } from '../terminal.ts';
import { checkedLine } from './checked-line.ts';
import { type Paint, painter, verdictLooks } from './paint.ts';
import { reportRows } from './report-row.ts';
import { bound, hanging, localText, plainText } from './text.ts';

/**
 * A report for a person at a terminal. The first two lines say everything: the verdict, whose, and why. Then the next
 * step, the proof, a count per section, and each row that is not as it should be. Ends with a line end.
 */
export function printReport(report: Report, style: Style): string {
  const paint = painter(style.colour);
  const told = worstFirst(report.checks.filter((row) => isTold(row)));
  return [
    headline(report, paint),
    ...answer(report, style, paint),
    paint('gray', '─'.repeat(8)),
    hanging('', sectionCounts(report.checks), style.width),
    ...rowGroups(told).map((group) => reportRows(group, style, paint)),
    paint('gray', hanging('', checkedLine(report, style.timeZone), style.width)),
    '',
  ].join('\n');
}

function headline(report: Report, paint: Paint): string {
  const { overall, subject, integration } = report;
  const { sign, word, look } = verdictLooks[overall];
  const what = `${plainText(subject.secret)} · ${plainText(integration)}`;
  return `${paint([look, 'bold'], `${sign} ${word}`)}  ${paint('bold', what)} — ${meaningOf(report)}`;
}

const labels = { cause: 'Cause', blind: 'Unseen', advice: 'Advice' };

function answer({ diagnosis, proof, checks }: Report, { width, timeZone }: Style, paint: Paint): string[] {
  const labelled = (label: string, text: string) =>
    hanging(label.padEnd(8), localText(text, timeZone), width).replace(label, paint('bold', label));
  const proofLine = labelled('Proof', proof.level === 'none' ? proof.text : `${proof.level}: ${proof.text}`);
  if (!diagnosis) return [proofLine];
  const titles = diagnosis.explains.map((id) => checks.find((row) => row.id === id)?.title ?? id);
  return [
    labelled(labels[diagnosis.kind], diagnosis.text),
    ...(titles.length > 0 ? [labelled('Hence', `these fail too: ${titles.join(' · ')}`)] : []),
    labelled('Next', diagnosis.next),
    proofLine,
  ];
}

/** `✓ reach 6   ✗ secret 1 of 9   – directory skipped` */
function sectionCounts(rows: readonly ReportedCheck[]): string {
  const sections = [...new Set(rows.map((row) => row.section))];
  return sections
    .map((name) =>
      sectionCount(
        name,
        rows.filter((row) => row.section === name),
      ),
    )
    .join('\u00a0\u00a0 ');
}

const gravity: readonly VerdictWord[] = ['fail', 'unknown', 'warn', 'pass', 'skipped'];

function sectionCount(name: string, rows: readonly ReportedCheck[]): string {
  const counting = rows.filter((row) => row.accepted === null && row.verdict !== 'skipped');
  const worst = gravity.find((word) => counting.some((row) => row.verdict === word)) ?? 'skipped';
  const { sign } = verdictLooks[worst];
  if (worst === 'skipped')
    return bound(`${sign} ${name} ${rows.some((row) => row.accepted) ? 'accepted' : 'skipped'}`);
  const count = counting.filter((row) => row.verdict === worst).length;
  return bound(`${sign} ${name} ${worst === 'pass' ? count : `${count} of ${counting.length}`}`);
}

function isTold(row: ReportedCheck): boolean {
  return row.verdict !== 'pass' && row.verdict !== 'skipped';
}

function worstFirst(rows: readonly ReportedCheck[]): ReportedCheck[] {
  const rank = (row: ReportedCheck) => (row.accepted ? gravity.length : gravity.indexOf(row.verdict));
  return [...rows].sort((one, other) => rank(one) - rank(other));
}
