/** A CEF message taken apart. Values are decoded and trimmed. */
export type CefMessage = {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly fields: ReadonlyMap<string, string>;
};

/** Why a line is not a CEF message. */
export type CefProblem = 'not-cef' | 'cef-header';

const marker = 'CEF:';
const pipe = 124;
const backslash = 92;
const blank = 32;

/** Where the CEF part of a line starts, or -1. Only what is followed by a version and a pipe counts. */
export function cefStart(line: string): number {
  let at = line.indexOf(marker);
  while (at >= 0 && !hasVersion(line, at + marker.length)) at = line.indexOf(marker, at + 1);
  return at;
}

/**
 * Reads `CEF:0|vendor|product|version|id|name|severity|extension` from `start`. Header escapes (`\|`, `\\`) and
 * extension escapes (`\=`, `\\`, `\n`, `\r`) are decoded. Of a key that comes twice the last counts.
 */
export function parseCef(line: string, start: number): CefMessage | CefProblem {
  if (start < 0) return 'not-cef';
  const parts: string[] = [];
  let at = line.indexOf('|', start) + 1;
  while (parts.length < 6) {
    const end = headerEnd(line, at);
    if (end < 0) return 'cef-header';
    parts.push(headerValue(line.slice(at, end)));
    at = end + 1;
  }
  const [vendor = '', product = '', version = '', id = '', name = '', severity = ''] = parts;
  return { vendor, product, version, id, name, severity, fields: extension(line, at) };
}

/** Versions are 0 and 1; some senders put a blank before them. */
function hasVersion(line: string, from: number): boolean {
  const at = line.charCodeAt(from) === blank ? from + 1 : from;
  return isDigit(line.charCodeAt(at)) && line.charCodeAt(at + 1) === pipe;
}

function headerEnd(line: string, from: number): number {
  let end = line.indexOf('|', from);
  while (end > 0 && oddBackslashesBefore(line, end)) end = line.indexOf('|', end + 1);
  return end;
}

function headerValue(raw: string): string {
  return (raw.includes('\\') ? raw.replaceAll(/\\([\\|])/g, '$1') : raw).trim();
}

function oddBackslashesBefore(text: string, at: number): boolean {
  let first = at;
  while (first > 0 && text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

type Decode = (raw: string) => string;

/**
 * Keys are words with a blank before and an unescaped `=` after; a value ends at the blanks before the next key.
 * An escaped `\=` has a backslash before the sign and so can end no key.
 */
function extension(line: string, begin: number): Map<string, string> {
  const fields = new Map<string, string>();
  const decode = line.includes('\\', begin) ? decoder(line, begin) : undefined;
  let key = '';
  let from = begin;
  let sign = line.indexOf('=', begin);
  while (sign >= 0) {
    const start = keyStart(line, sign, from, begin);
    if (start >= 0) {
      if (key !== '') fields.set(key, value(line, from, start, decode));
      key = line.slice(start, sign);
      from = sign + 1;
    }
    sign = line.indexOf('=', sign + 1);
  }
  if (key !== '') fields.set(key, value(line, from, line.length, decode));
  return fields;
}

/** Blanks are left out before slicing: this runs a dozen times for each line. */
function value(line: string, from: number, to: number, decode: Decode | undefined): string {
  let start = from;
  let end = to;
  while (start < end && line.charCodeAt(start) === blank) start += 1;
  while (start < end && line.charCodeAt(end - 1) === blank) end -= 1;
  const raw = line.slice(start, end);
  return decode && raw.includes('\\') ? decode(raw) : raw;
}

/** Where the key that ends at `sign` starts, or -1 when no key ends there. */
function keyStart(text: string, sign: number, from: number, begin: number): number {
  let at = sign;
  while (at > from && isKeyCharacter(text.charCodeAt(at - 1))) at -= 1;
  if (at === sign) return -1;
  if (at === from) return from === begin ? at : -1;
  return text.charCodeAt(at - 1) === blank ? at : -1;
}

/** Letters, digits, `_`, and `.`, `[`, `]` of vendors' own keys. A table: this is asked for every letter of a key. */
const keyCharacters = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w.[\]]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isKeyCharacter(code: number): boolean {
  return code < 128 && keyCharacters[code] === 1;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * Secret Server 10.9 and 11.3 escape `=` but not the backslash, so by the book `corp\nancy` would hold a new line;
 * 8.6, 10.4 and 11.7 escape by the book. A line tells which: one that doubles backslashes within words and has none
 * alone was escaped by the book. In any other only `\=` and `\|` are decoded.
 */
function decoder(line: string, begin: number): Decode {
  return isByTheBook(line, begin) ? decodeAll : decodeSigns;
}

function isByTheBook(line: string, begin: number): boolean {
  let doubled = false;
  let at = line.indexOf('\\', begin);
  while (at >= 0) {
    let end = at + 1;
    while (line.charCodeAt(end) === backslash) end += 1;
    if ((end - at) % 2 === 1 && !'=|nr'.includes(line[end] ?? 'none')) return false;
    if (end - at === 2 && isWord(line.charCodeAt(at - 1)) && isWord(line.charCodeAt(end))) doubled = true;
    at = line.indexOf('\\', end);
  }
  return doubled;
}

function isWord(code: number): boolean {
  return code > 127 || (isKeyCharacter(code) && code !== 46 && code !== 91 && code !== 93);
}

function decodeAll(raw: string): string {
  return raw.replaceAll(/\\([\\=|nr])/g, (_, escaped: string) => {
    if (escaped === 'n') return '\n';
    return escaped === 'r' ? '\r' : escaped;
  });
}

function decodeSigns(raw: string): string {
  return raw.replaceAll('\\=', '=').replaceAll('\\|', '|');
}
