import { nearest } from '../domain/nearest.ts';
import {
  type Answer,
  type Audience,
  answer,
  type CommandSpec,
  type Parsed,
  type Suggestion,
  suggest,
} from './command.ts';
import { isKeyword, quoted, type Word } from './words.ts';

export const checkSpec = {
  name: 'check',
  usage: '<secret> [in <integration>] [public] | all [public]',
  summary: 'Says why a scan cannot get this secret, or that it can.',
  examples: ['check scanadmin', 'check "Domain Admin" in corp', 'check all public'],
  permission: 'check',
} as const satisfies CommandSpec;

const keywords = ['all', 'in', 'public'];

/** The text that checks this secret. */
export function checkWords(ask: { secret: string; integration: string | null; audience: Audience }): string {
  return `check ${quoted(ask.secret, keywords)}${modifierWords(ask)}`;
}

/** The text that checks all watched secrets. */
export function checkAllWords(ask: { integration: string | null; audience: Audience }): string {
  return `check all${modifierWords(ask)}`;
}

export function parseCheck([first, ...rest]: readonly Word[]): Parsed {
  if (!first) return answer('Which secret? Name it, or check all that are watched.', [suggest('check all')]);
  const read = modifiers(rest);
  if (read.loose.length > 0) return { answer: misread(first, read) };
  const { integration, audience } = read;
  if (isKeyword(first, 'all')) return { command: { kind: 'check-all', integration, audience } };
  return { command: { kind: 'check', secret: first.text, integration, audience } };
}

type Modifiers = { integration: string | null; audience: Audience; loose: Word[] };

function modifiers(words: readonly Word[]): Modifiers {
  const found: Modifiers = { integration: null, audience: 'person', loose: [] };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const next = words[at + 1];
    if (!word) continue;
    if (isKeyword(word, 'public')) found.audience = 'channel';
    else if (isKeyword(word, 'in') && next) {
      found.integration = next.text;
      at += 1;
    } else found.loose.push(word);
  }
  return found;
}

function modifierWords(ask: { integration: string | null; audience: Audience }): string {
  const where = ask.integration === null ? '' : ` in ${quoted(ask.integration)}`;
  return `${where}${ask.audience === 'channel' ? ' public' : ''}`;
}

/** Words that belong nowhere are a name with blanks that was not quoted, or a keyword with a typo. */
function misread(first: Word, read: Modifiers): Answer {
  const loose = read.loose.map(({ text }) => text);
  const name = [first.text, ...loose].join(' ');
  const suggestions = [...typos(first, read), suggest(checkWords({ ...read, secret: name }))];
  return { text: `I cannot place "${loose.join(' ')}". A name with blanks needs quotes.`, suggestions };
}

function typos(first: Word, { loose, integration }: Modifiers): Suggestion[] {
  const [only] = loose;
  if (loose.length !== 1 || !only || nearest(only.text, ['public']).length === 0) return [];
  const ask = { secret: first.text, integration, audience: 'channel' as const };
  return [suggest(isKeyword(first, 'all') ? checkAllWords(ask) : checkWords(ask))];
}
