import { cutFrame, dropped, type Frame, frameStart, mayComplete, type Skip, unendedFrame } from './frame.ts';

/** Takes a stream apart into messages; what it holds is bounded by the limit and the size of a chunk. */
export type Framer = {
  /** Adds received bytes and returns the messages that they complete. */
  push(chunk: Buffer): Frame[];
  /** Gives out what stands without an end: on close, or when the sender has gone quiet. */
  flush(): Frame[];
  /** Whether a message has begun and not ended, kept or dropped. */
  readonly open: boolean;
};

/** A framer for one TCP connection. Secret Server's framing is not documented, so both of RFC 6587 are read. */
export function lineFramer(maxLineBytes: number): Framer {
  const waiting = growingBytes();
  let skip: Skip = 0;

  /** Cuts all whole messages; what is left over waits. */
  function cutAll(bytes: Buffer): Frame[] {
    const frames: Frame[] = [];
    let at = frameStart(bytes, 0);
    while (at < bytes.length) {
      const cut = cutFrame(bytes, at, maxLineBytes);
      if (!cut) break;
      frames.push(cut.frame);
      skip = cut.skip;
      at = frameStart(bytes, cut.next);
    }
    waiting.replace(bytes.subarray(at));
    return frames;
  }

  return {
    get open() {
      return waiting.length > 0 || skip !== 0;
    },
    push(chunk) {
      const drop = dropped(chunk, skip);
      skip = drop.skip;
      const rest = chunk.subarray(drop.at);
      if (waiting.length === 0) return cutAll(rest);
      const bytes = waiting.append(rest);
      return mayComplete(bytes, rest, maxLineBytes) ? cutAll(bytes) : [];
    },
    flush() {
      const frame = unendedFrame(waiting.bytes());
      waiting.replace(Buffer.alloc(0));
      skip = 0;
      return frame ? [frame] : [];
    },
  };
}

/** Bytes in one buffer that doubles: appending stays linear however small the chunks are. */
function growingBytes() {
  let buffer: Buffer = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    bytes: () => buffer.subarray(0, length),
    append(chunk: Buffer): Buffer {
      if (length + chunk.length > buffer.length) {
        const grown = Buffer.allocUnsafe(Math.max((length + chunk.length) * 2, 1024));
        buffer.copy(grown, 0, 0, length);
        buffer = grown;
      }
      chunk.copy(buffer, length);
      length += chunk.length;
      return buffer.subarray(0, length);
    },
    replace(rest: Buffer): void {
      // Copied: a view would keep the whole received block alive.
      buffer = Buffer.from(rest);
      length = rest.length;
    },
  };
}
