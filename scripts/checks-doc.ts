import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../src/checks/index.ts';
import { type Check, type Section, sections } from '../src/domain/check.ts';
import { explanations } from '../src/domain/explains.ts';

/** Where the catalogue is written down for people. */
export const checksDocumentPath = join(import.meta.dirname, '..', 'docs', 'checks.md');

const questions: Record<Section, string> = {
  reach: "can the appliance reach Secret Server's web services?",
  account: 'can the scan account log in?',
  secret: 'can it read this secret?',
  practice: 'is it set up as recommended?',
  alerts: 'will anybody notice a lockout?',
  qualys: 'does Qualys hold the other end right?',
  directory: 'do the passwords agree?',
};

const introduction = `# The checks

Generated from \`src/checks\` by \`npm run docs:checks\`. Change the rule, not this page.

Each check states a healthy fact. Its answer is \`pass\`, \`warn\`, \`fail\`, \`unknown\` (something could not be read,
and the answer says what) or \`skipped\` (the rule does not apply, and the answer says why). A check marked *advice*
does not stand in the way of a scan, and is never named as the cause of a failing one.`;

/** The whole page, as Markdown. */
export function checksDocument(): string {
  const parts = sections
    .map((section) => ({ section, all: checks.filter((check) => check.section === section) }))
    .filter(({ all }) => all.length > 0)
    .map(({ section, all }) => [`## ${section}: ${questions[section]}`, ...all.map(entry)].join('\n\n'));
  return `${[introduction, ...parts].join('\n\n')}\n`;
}

function entry({ id, title, why, remedy, blocking, needs, wants }: Check): string {
  const consequences = explanations()
    .filter(({ cause }) => cause === id)
    .map(({ consequence }) => consequence)
    .filter((consequence) => checks.some((one) => one.id === consequence));
  const lines = [
    `**${title}.**${blocking ? '' : ' *Advice.*'} ${why}`,
    `- Remedy: ${remedy}`,
    needs.length > 0 && `- Needs: ${named(needs)}`,
    wants.length > 0 && `- Uses where known: ${named(wants)}`,
    consequences.length > 0 && `- A failure explains: ${named(consequences)}`,
  ].filter((line) => line !== false);
  const [statement, ...list] = lines;
  return [`### ${id}`, statement, list.join('\n')].join('\n\n');
}

function named(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(', ');
}

if (process.argv[1] === import.meta.filename) writeFileSync(checksDocumentPath, checksDocument());
