import type { AuditAnswer, AuditLine } from '../../domain/audit.ts';
import { plural } from '../../domain/instant.ts';
import type { Style } from '../terminal.ts';
import { type Paint, painter } from './paint.ts';
import { cells, hanging, localMoment, localText, padded, plainText } from './text.ts';

/** Who logged in and who viewed, newest first. What could not be read stands first: a short list is not all there is. */
export function printAudit(answer: AuditAnswer, style: Style): string {
  const paint = painter(style.colour);
  const { subject, integration, since, lines, gaps } = answer;
  const head = `${subject.kind} ${plainText(subject.name)} · ${plainText(integration)}`;
  const count = `${plural(lines.length, 'row')} since ${localMoment(since, style.timeZone)}, newest first`;
  return [
    `${paint('bold', head)} — ${count}`,
    ...gaps.map((gap) => paint('magenta', hanging('? ', localText(gap, style.timeZone), style.width))),
    ...table(lines, style, paint),
    '',
  ].join('\n');
}

function table(lines: readonly AuditLine[], { timeZone, width }: Style, paint: Paint): string[] {
  const rows = lines.map((line) => ({
    columns: [localMoment(line.at, timeZone), line.action, line.who, line.from ?? ''].map(plainText),
    notes: plainText([line.secret ?? '', line.notes].filter(Boolean).join(': ')),
  }));
  const widths = [0, 1, 2, 3].map((index) =>
    Math.max(0, ...rows.map((row) => cells(row.columns[index] ?? ''))),
  );
  return rows.flatMap(({ columns, notes }) => {
    const row = columns
      .map((text, index) => padded(text, widths[index] ?? 0))
      .join('  ')
      .trimEnd();
    return notes === '' ? [row] : [row, paint('gray', hanging('    ', notes, width))];
  });
}
