import { answer, type CommandSpec, type Parsed, suggest } from './command.ts';
import { isKeyword, quoted, type Word } from './words.ts';

export const historySpec = {
  name: 'history',
  usage: '<secret> [in <integration>]',
  summary: 'How the verdicts on a secret changed over time.',
  examples: ['history scanadmin'],
  permission: 'check',
} as const satisfies CommandSpec;

export function parseHistory([first, second, third, ...rest]: readonly Word[]): Parsed {
  if (!first) return answer('The history of which secret? Name it.');
  if (second === undefined) return { command: { kind: 'history', secret: first.text, integration: null } };
  if (isKeyword(second, 'in') && third && rest.length === 0)
    return { command: { kind: 'history', secret: first.text, integration: third.text } };
  const name = [first, second, ...(third ? [third] : []), ...rest].map(({ text }) => text).join(' ');
  return answer('A name with blanks needs quotes.', [suggest(`history ${quoted(name, ['in'])}`)]);
}
