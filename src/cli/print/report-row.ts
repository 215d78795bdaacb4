import type { Gap } from '../../domain/gap.ts';
import type { ReportedCheck } from '../../domain/report.ts';
import type { Style } from '../terminal.ts';
import { type Paint, verdictLooks } from './paint.ts';
import { sourceNames } from './source-names.ts';
import { hanging, localText, plainText } from './text.ts';

/** A row that is not as it should be: what was found, what to do, and what could not be seen. */
export function reportRow(row: ReportedCheck, { width, timeZone }: Style, paint: Paint): string {
  const { sign, word, look } = verdictLooks[row.verdict];
  const state = row.accepted
    ? `accepted until ${row.accepted.until}: ${plainText(row.accepted.reason)}`
    : word.toLowerCase();
  const head = hanging(`${sign} `, `${plainText(row.title)} (${row.id}): ${state}`, width);
  const told = (lead: string, text: string) => hanging(`  ${lead}`, localText(text, timeZone), width);
  return [
    paint(row.accepted ? 'gray' : look, head),
    ...(row.finding ? [told('', row.finding)] : []),
    ...row.gaps.map((gap) => told(row.verdict === 'unknown' ? '' : 'not seen: ', gapText(gap))),
    ...(row.remedy && !row.accepted ? [told('→ ', row.remedy)] : []),
  ].join('\n');
}

/** `Secret Server, denied: The reader may not read …` */
export function gapText({ source, cause, detail }: Gap): string {
  return `${sourceNames[source]}, ${cause}: ${detail}`;
}
