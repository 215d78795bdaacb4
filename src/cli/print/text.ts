import { momentPattern } from '../../domain/instant.ts';

/** C0 and C1 controls, direction marks, separators, zero-width and interlinear signs: what could move or hide text. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Foreign text made harmless for a terminal: line ends become blanks, other signs that print nothing are written out. */
export function plainText(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(unsafe, (sign) => `<${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** A sentence of a report for this reader: harmless, and its moments in the reader's own time zone. */
export function localText(text: string, timeZone: string): string {
  return plainText(text).replace(momentPattern, (found) => bound(localMoment(found, timeZone)));
}

/** `23 Nov 2026, 18:02 CET` */
export function localMoment(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(iso));
}

/** Text that is not broken at its blanks. */
export function bound(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** Breaks text into lines of at most `width` cells. A longer word (a URL, a path) stays whole, so it can be copied. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || cells(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => one.replaceAll('\u00a0', ' '));
}

/** `lead` before the first line, as many blanks before the others. */
export function hanging(lead: string, text: string, width: number): string {
  const indent = cells(lead);
  const lines = wrapped(text, Math.max(20, width - indent));
  return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(indent)) + line).join('\n');
}

const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;

/** How many cells of a terminal the text takes. */
export function cells(text: string): number {
  const signs = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  return signs.reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0);
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)));
}
