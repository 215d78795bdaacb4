import type { Finding } from '../../domain/doctor/finding.ts';
import type { Style } from '../terminal.ts';
import { painter, verdictLooks } from './paint.ts';
import { hanging, localText, plainText } from './text.ts';

/** Findings about Vaultcheck itself, area by area, each with what to do about it; and a last line that counts. */
export function printFindings(findings: readonly Finding[], { colour, width, timeZone }: Style): string {
  const paint = painter(colour);
  const title = ({ area, integration }: Finding) =>
    integration ? `${area} · ${plainText(integration)}` : area;
  const titles = [...new Set(findings.map(title))];
  const row = ({ verdict, text, remedy }: Finding) => {
    const { sign, look } = verdictLooks[verdict];
    const told = paint(look, hanging(`  ${sign} `, localText(text, timeZone), width));
    return remedy ? `${told}\n${hanging('    → ', localText(remedy, timeZone), width)}` : told;
  };
  const blocks = titles.map((one) => {
    const rows = findings.filter((finding) => title(finding) === one).map(row);
    return [paint('bold', one), ...rows].join('\n');
  });
  return `${[...blocks, tally(findings)].join('\n\n')}\n`;
}

function tally(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) => findings.filter((one) => one.verdict === verdict).length;
  const parts = (['fail', 'unknown', 'warn', 'pass'] as const).flatMap((verdict) =>
    count(verdict) > 0 ? [`${count(verdict)} ${verdictLooks[verdict].word.toLowerCase()}`] : [],
  );
  return `Vaultcheck itself: ${parts.join(' · ')}`;
}
