import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/listeners/syslog/frame.ts';
import { lineFramer } from '../../../src/listeners/syslog/framing.ts';

const limit = 200;

/** All messages of a stream that arrives in pieces of the given sizes, with the last one flushed. */
function received(stream: string | Buffer, sizes: readonly number[] = [], maxLineBytes = limit) {
  const framer = lineFramer(maxLineBytes);
  const bytes = Buffer.from(stream);
  const frames: Frame[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    frames.push(...framer.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return { frames: [...frames, ...framer.flush()], open: framer.open };
}

function texts(stream: string | Buffer, sizes?: readonly number[]): string[] {
  return received(stream, sizes).frames.map(({ text }) => text);
}

describe('lineFramer', () => {
  it.each([
    ['lines', 'one\ntwo\n', ['one', 'two']],
    ['CRLF', 'one\r\ntwo\r\n', ['one', 'two']],
    ['a last line without an end', 'one\ntwo', ['one', 'two']],
    ['NUL before LF', 'one\0\ntwo\0', ['one', 'two']],
    ['empty lines', '\n\r\n\none\n\n', ['one']],
    ['counted messages', '3 one3 two', ['one', 'two']],
    ['counted messages that count their LF', '4 one\n4 two\n', ['one', 'two']],
    ['counted messages with an LF between', '3 one\n3 two\n', ['one', 'two']],
    ['an LF within a counted message', '7 one\ntwo3 two', ['one\ntwo', 'two']],
    ['both in one stream', '3 one\ntwo\n5 three', ['one', 'two', 'three']],
    ['counts of bytes, not characters', '4 aλb3 two', ['aλb', 'two']],
    ['a line that starts with an ISO time', '2026-11-24T02:00:12Z HOST x\n', ['2026-11-24T02:00:12Z HOST x']],
    ['an RFC 5424 version without priority', '1 2026-11-24T02:00:12Z H x\n', ['1 2026-11-24T02:00:12Z H x']],
    ['an unfinished counted message', '9 one', ['one']],
    ['a leading zero, which is no count', '03 one\n', ['03 one']],
    ['nothing', '', []],
  ])('reads %s', (_, stream, expected) => {
    expect(texts(stream)).toEqual(expected);
  });

  it.each([
    ['a line', `${'x'.repeat(500)}\nnext\n`],
    ['a counted message', `500 ${'x'.repeat(500)}4 next`],
  ])('drops %s beyond the limit and understands the next', (_, stream) => {
    for (const size of [1, 7, 150, 1000]) {
      const { frames } = received(stream, Array(600).fill(size));
      expect(frames.map(({ oversized }) => oversized)).toEqual([true, false]);
      expect(frames.at(-1)?.text).toBe('next');
    }
  });

  it('takes a line of exactly the limit', () => {
    expect(received(`${'x'.repeat(limit)}\n`).frames).toEqual([
      { text: 'x'.repeat(limit), oversized: false },
    ]);
    expect(received(`${'x'.repeat(limit + 1)}\n`).frames[0]?.oversized).toBe(true);
  });

  it('says whether a message is open', () => {
    const framer = lineFramer(limit);
    framer.push(Buffer.from('one\ntw'));
    expect(framer.open).toBe(true);
    framer.push(Buffer.from('o\n'));
    expect(framer.open).toBe(false);
    framer.push(Buffer.from('x'.repeat(500)));
    expect(framer.open).toBe(true);
  });

  it('gives the same messages however the stream is cut', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((text) => `<14>${text.replaceAll(/[\n\r\0]/g, '')}.`);
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    const messages = fc.array(fc.record({ line, counted: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(messages, sizes, (all, cuts) => {
        const stream = all
          .map(({ line: text, counted }) => (counted ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`))
          .join('');
        expect(texts(stream, cuts)).toEqual(all.map(({ line: text }) => text));
      }),
    );
  });

  it('holds no more than a small multiple of the limit, whatever comes byte by byte', () => {
    const framer = lineFramer(1_000);
    const before = process.memoryUsage().arrayBuffers;
    const byte = Buffer.from('x');
    let oversized = 0;
    for (let count = 0; count < 200_000; count += 1) oversized += framer.push(byte).length;
    expect(oversized).toBe(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});
