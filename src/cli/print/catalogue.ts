import type { Check } from '../../domain/check.ts';
import type { Style } from '../terminal.ts';
import { painter } from './paint.ts';
import { hanging } from './text.ts';

export type CatalogueRow = Pick<Check, 'id' | 'section' | 'title' | 'why' | 'remedy'>;

/** Every check under its section: the healthy fact, why it matters, what to do when it does not hold. */
export function printCatalogue(checks: readonly CatalogueRow[], { colour, width }: Style): string {
  const paint = painter(colour);
  const sections = [...new Set(checks.map((one) => one.section))];
  const blocks = sections.map((section) => {
    const rows = checks.filter((one) => one.section === section);
    return [paint('bold', section), ...rows.map((row) => entry(row))].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;

  function entry({ id, title, why, remedy }: CatalogueRow): string {
    return [
      hanging('  ', `${title} (${id})`, width),
      paint('gray', hanging('    ', why, width)),
      hanging('    → ', remedy, width),
    ].join('\n');
  }
}
