import { dayMs } from '../domain/instant.ts';
import { answer, type CommandSpec, type Parsed, suggest } from './command.ts';
import { parseDuration } from './duration.ts';
import { isKeyword, type Word } from './words.ts';

export const incidentsSpec = {
  name: 'incidents',
  usage: '[resolved [7d]] [page <number>]',
  summary: 'Open incidents with their buttons, or those that were resolved.',
  examples: ['incidents', 'incidents resolved 7d'],
  permission: 'incidents',
} as const satisfies CommandSpec;

const resolvedSinceMs = 7 * dayMs;

export function parseIncidents(words: readonly Word[]): Parsed {
  const { rest, page } = paged(words);
  const [first, second, ...loose] = rest;
  if (page !== null && first === undefined) return { command: { kind: 'incidents', resolvedMs: null, page } };
  const resolvedMs = second === undefined ? resolvedSinceMs : parseDuration(second.text);
  if (page === null || !isKeyword(first, 'resolved') || resolvedMs === null || loose.length > 0)
    return answer(`I cannot read "${typed(words)}". I can show these:`, [
      suggest('incidents'),
      suggest('incidents resolved 7d'),
    ]);
  return { command: { kind: 'incidents', resolvedMs, page } };
}

function typed(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

/** `page 2` at the end, and what stands before it. `page` null: not a number from 1 to 999. */
function paged(words: readonly Word[]): { rest: readonly Word[]; page: number | null } {
  if (!isKeyword(words.at(-2), 'page')) return { rest: words, page: 1 };
  const typed = words.at(-1)?.text ?? '';
  return { rest: words.slice(0, -2), page: /^[1-9]\d{0,2}$/.test(typed) ? Number(typed) : null };
}
