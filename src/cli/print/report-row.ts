import { type Gap, sourceNames } from '../../domain/gap.ts';
import type { ReportedCheck } from '../../domain/report.ts';
import type { RowGroup } from '../../domain/row-groups.ts';
import type { Style } from '../terminal.ts';
import { type Paint, verdictLooks } from './paint.ts';
import { hanging, localText, plainText } from './text.ts';

/** Rows that are not as they should be: what was found, what to do, and what could not be seen. */
export function reportRows(group: RowGroup, { width, timeZone }: Style, paint: Paint): string {
  const [row] = group;
  const told = (lead: string, text: string) => hanging(`  ${lead}`, localText(text, timeZone), width);
  return [
    ...group.map((one) => paint(one.accepted ? 'gray' : verdictLooks[one.verdict].look, head(one, width))),
    ...(row.finding ? [told('', row.finding)] : []),
    ...row.gaps.map((gap) => told(row.verdict === 'unknown' ? '' : 'not seen: ', gapText(gap))),
    ...(row.remedy && !row.accepted ? [told('→ ', row.remedy)] : []),
  ].join('\n');
}

function head(row: ReportedCheck, width: number): string {
  const { sign, word } = verdictLooks[row.verdict];
  const state = row.accepted
    ? `accepted until ${row.accepted.until}: ${plainText(row.accepted.reason)}`
    : word.toLowerCase();
  return hanging(`${sign} `, `${plainText(row.title)} (${row.id}): ${state}`, width);
}

/** `Secret Server, denied: The reader may not read …` */
export function gapText({ source, cause, detail }: Gap): string {
  return `${sourceNames[source]}, ${cause}: ${detail}`;
}
