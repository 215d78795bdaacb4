/** A whole message, or the head of one that was longer than allowed. */
export type Frame = { readonly text: string; readonly oversized: boolean };

/** What is still to come of an oversized message: so many bytes, or all up to the next LF. */
export type Skip = number | 'line';

/** A frame, where the next one starts, and what must be dropped before. */
export type Cut = { readonly frame: Frame; readonly next: number; readonly skip: Skip };

/** Where a counted message starts and how long it is. */
type Count = { readonly start: number; readonly length: number };

const lf = 10;
const cr = 13;
const nul = 0;
const blank = 32;

/** How much of an oversized message is kept to show what it was. */
const headBytes = 1024;

/** More digits are no length: no limit of ours comes near. */
const countDigits = 7;

/**
 * Cuts the message that starts at `at`; undefined when its end is not there yet. Each message says by its first
 * bytes how it is framed (RFC 6587): a length and a blank, or anything else, which ends with LF.
 */
export function cutFrame(bytes: Buffer, at: number, maxLineBytes: number): Cut | undefined {
  const count = octetCount(bytes, at);
  if (count === 'open') return undefined;
  return count ? cutCounted(bytes, count, maxLineBytes) : cutLine(bytes, at, maxLineBytes);
}

/** What stands in `bytes` although its end never came, or undefined when that is nothing. */
export function unendedFrame(bytes: Buffer): Frame | undefined {
  const count = octetCount(bytes, 0);
  const { text } = whole(bytes, typeof count === 'object' ? count.start : 0, bytes.length);
  return text === '' ? undefined : { text, oversized: false };
}

/** The first byte at or after `at` that can start a message: blanks and ends between messages mean nothing. */
export function frameStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start < bytes.length && (isEnd(bytes[start]) || bytes[start] === blank)) start += 1;
  return start;
}

/** Whether the bytes `added` last can complete a message that waits: keeps a byte-by-byte sender cheap. */
export function mayComplete(bytes: Buffer, added: Buffer, maxLineBytes: number): boolean {
  if (bytes.length > maxLineBytes) return true;
  const count = octetCount(bytes, 0);
  if (typeof count === 'object') return bytes.length >= count.start + count.length;
  return count === undefined && added.includes(lf);
}

/** Where the dropped rest of an oversized message ends in `chunk`, and what must be dropped of the next chunk. */
export function dropped(chunk: Buffer, skip: Skip): { at: number; skip: Skip } {
  if (skip !== 'line') {
    const at = Math.min(skip, chunk.length);
    return { at, skip: skip - at };
  }
  const end = chunk.indexOf(lf);
  return end < 0 ? { at: chunk.length, skip } : { at: end + 1, skip: 0 };
}

function cutCounted(bytes: Buffer, { start, length }: Count, maxLineBytes: number): Cut | undefined {
  const end = start + length;
  const next = Math.min(end, bytes.length);
  if (length > maxLineBytes) return { frame: head(bytes, start, next), next, skip: end - next };
  return next === end ? { frame: whole(bytes, start, end), next, skip: 0 } : undefined;
}

function cutLine(bytes: Buffer, at: number, maxLineBytes: number): Cut | undefined {
  const found = bytes.indexOf(lf, at);
  const next = found < 0 ? bytes.length : found;
  if (next - at > maxLineBytes) {
    return { frame: head(bytes, at, next), next, skip: found < 0 ? 'line' : 0 };
  }
  return found < 0 ? undefined : { frame: whole(bytes, at, next), next, skip: 0 };
}

/**
 * The octet count at `at`; `open` when the bytes end within it; undefined when the message is framed by LF.
 * A count of 1 is none: it is the version of an RFC 5424 header that came without its priority.
 */
function octetCount(bytes: Buffer, at: number): Count | 'open' | undefined {
  let length = 0;
  for (let index = at; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === blank && length > 1) return { start: index + 1, length };
    if (byte < 48 || byte > 57 || index - at >= countDigits) return undefined;
    // A length has no leading zero.
    if (byte === 48 && index === at) return undefined;
    length = length * 10 + byte - 48;
  }
  return 'open';
}

function whole(bytes: Buffer, start: number, end: number): Frame {
  let last = end;
  while (last > start && isEnd(bytes[last - 1])) last -= 1;
  return { text: bytes.toString('utf8', start, last), oversized: false };
}

function head(bytes: Buffer, start: number, end: number): Frame {
  return { text: bytes.toString('utf8', start, Math.min(end, start + headBytes)), oversized: true };
}

function isEnd(byte: number | undefined): boolean {
  return byte === lf || byte === cr || byte === nul;
}
