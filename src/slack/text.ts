import { momentPattern } from '../domain/instant.ts';

// What could change how a line reads without being seen: control characters, direction overrides, invisible marks.
const unseen = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const loneHalf = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** More than any field shows: what a vendor sends beyond it is not looked at. */
const longestShown = 8000;

/** What stands behind `max` and this cannot be part of what is shown: nothing gets shorter by being escaped. */
const longestMoment = 40;

/** Foreign text on one line: blanks folded, characters that cannot be seen taken out. */
export function oneLine(text: string): string {
  return text
    .slice(0, longestShown)
    .replace(/\s+/gu, ' ')
    .replace(unseen, '')
    .replace(loneHalf, '\ufffd')
    .trim();
}

/** At most `max` characters of a text on one line, with an ellipsis when something was left out. For `plain_text`. */
export function plain(text: string, max: number): string {
  return joined([...oneLine(text).slice(0, 2 * max + 2)], max);
}

/**
 * A sentence for `mrkdwn`, at most `max` characters long in Slack's form. `& < >` are escaped, so that it can mention
 * nobody and link nowhere; moments become dates in the reader's own zone. Nothing is cut in the middle of an escape.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
export function say(text: string, max: number): string {
  return joined(pieces(oneLine(text).slice(0, max + longestMoment)), max);
}

/** A moment in the reader's zone; without Slack, in UTC. Takes ISO 8601; what is no time stays as it is. */
export function date(iso: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return escaped(iso);
  const fallback = `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(ms / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}

/** Escapes the three characters that Slack gives a meaning to. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function pieces(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (const match of line.matchAll(momentPattern)) {
    // Slack writes "today 09:12": the sentence's own "at" would stand before it.
    const before = line.slice(at, match.index).replace(/ at $/, ' ');
    found.push(...[...before].map(escaped), date(match[0]));
    at = match.index + match[0].length;
  }
  return [...found, ...[...line.slice(at)].map(escaped)];
}

/** As many pieces as fit whole. */
function joined(all: readonly string[], max: number): string {
  let length = 0;
  let fits = 0;
  for (const [index, piece] of all.entries()) {
    length += piece.length;
    if (length <= max - 1) fits = index + 1;
    if (length > max) return `${all.slice(0, fits).join('').trimEnd()}…`;
  }
  return all.join('');
}
