/** One word of a command. A quoted word is a name, never a keyword. */
export type Word = { text: string; quoted: boolean };

const doubleQuotes = /[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g;
const singleQuotes = /[\u2018\u2019\u201a\u201b]/g;

/**
 * What the person typed, out of what the chat made of it: curly quotes become straight, `<mailto:a@b|a@b>` and
 * `<http://x|x>` become what was typed, and `&amp; &lt; &gt;` become their characters.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
export function asTyped(text: string): string {
  return text
    .replace(/<(?:mailto:|https?:\/\/)[^|<>]*\|([^<>]*)>/gi, '$1')
    .replace(/<(?:mailto:)([^|<>]*)>/gi, '$1')
    .replace(/<(https?:\/\/[^|<>]*)>/gi, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(doubleQuotes, '"')
    .replace(singleQuotes, "'");
}

/** The words of a text. A quote that is never closed runs to the end; within quotes `\"` is a quote. */
export function words(text: string): Word[] {
  const found = asTyped(text).matchAll(/"((?:\\["\\]|[^"])*)(?:"|$)|'([^']*)'(?=\s|$)|([^\s"]\S*)/gu);
  return [...found].flatMap(([, double, single, plain]): Word[] => {
    if (plain !== undefined) return [{ text: plain, quoted: false }];
    const name = (double?.replace(/\\(["\\])/g, '$1') ?? single ?? '').trim();
    return name === '' ? [] : [{ text: name, quoted: true }];
  });
}

/** A name as it must be typed: quoted where it would otherwise fall apart or be read as a keyword. */
export function quoted(name: string, keywords: readonly string[] = []): string {
  const plain =
    /^[^\s"'<>&\\\u2018-\u201f\u00ab\u00bb]+$/u.test(name) && !keywords.includes(name.toLowerCase());
  return plain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Whether a word is this keyword: without case, and never when quoted. */
export function isKeyword(word: Word | undefined, keyword: string): boolean {
  return word !== undefined && !word.quoted && word.text.toLowerCase() === keyword;
}
