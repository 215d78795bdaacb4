import { plural } from '../../domain/instant.ts';
import { Overall, type Report } from '../../domain/report.ts';
import type { Style } from '../terminal.ts';
import { painter, verdictLooks } from './paint.ts';
import { printReport } from './report.ts';

/** Several reports, and for more than one a last line that counts them. */
export function printReports(reports: readonly Report[], style: Style): string {
  const all = reports.map((report) => printReport(report, style)).join('\n');
  return reports.length > 1 ? `${all}\n${printTally(reports, style)}\n` : all;
}

function printTally(reports: readonly Report[], style: Style): string {
  const paint = painter(style.colour);
  const counts = [...Overall.options].reverse().flatMap((overall) => {
    const count = reports.filter((one) => one.overall === overall).length;
    const { sign, word, look } = verdictLooks[overall];
    return count > 0 ? [paint(look, `${sign} ${count} ${word.toLowerCase()}`)] : [];
  });
  return `${plural(reports.length, 'secret')}: ${counts.join('   ')}`;
}
