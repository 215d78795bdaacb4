import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CefMessage, cefStart, parseCef } from '../../../src/listeners/syslog/cef.ts';

function read(line: string): CefMessage {
  const message = parseCef(line, cefStart(line));
  if (typeof message === 'string') throw new Error(message);
  return message;
}

function fields(extension: string): Record<string, string> {
  return Object.fromEntries(read(`CEF:0|v|p|1|4|n|2|${extension}`).fields);
}

describe('parseCef: header', () => {
  it('reads its seven parts', () => {
    expect(read('CEF:0|Thycotic Software|Secret Server|11.3|18|USER - LOGINFAILURE|2|a=b')).toMatchObject({
      vendor: 'Thycotic Software',
      product: 'Secret Server',
      version: '11.3',
      id: '18',
      name: 'USER - LOGINFAILURE',
      severity: '2',
    });
  });

  it.each([
    ['an escaped pipe', 'CEF:0|a\\|b|p|1|4|n|2|', 'a|b'],
    ['an escaped backslash', 'CEF:0|a\\\\|p|1|4|n|2|', 'a\\'],
    ['a backslash that escapes nothing', 'CEF:0|a\\b|p|1|4|n|2|', 'a\\b'],
    ['a blank before the version', 'CEF: 0|a|p|1|4|n|2|', 'a'],
    ['version 1', 'CEF:1|a|p|1|4|n|2|', 'a'],
    ['the marker as the name of the host', 'CEF: CEF:0|a|p|1|4|n|2|', 'a'],
  ])('reads %s', (_, line, vendor) => {
    expect(read(line).vendor).toBe(vendor);
  });

  it.each([
    ['', 'not-cef'],
    ['CEF:', 'not-cef'],
    ['CEF:0', 'not-cef'],
    ['cef:0|v|p|1|4|n|2|', 'not-cef'],
    ['CEF:0|', 'cef-header'],
    ['CEF:0|v|p|1|4|n|2', 'cef-header'],
    ['CEF:0|v|p|1|4|n\\|2|', 'cef-header'],
  ])('refuses %j', (line, problem) => {
    expect(parseCef(line, cefStart(line))).toBe(problem);
  });
});

describe('parseCef: extension', () => {
  it.each([
    ['values with blanks', 'msg=a b  c suser=d', { msg: 'a b  c', suser: 'd' }],
    ['an escaped sign', 'msg=(Id \\= 69) x fname=y', { msg: '(Id = 69) x', fname: 'y' }],
    ['a key within a value', 'fname=x suser\\=admin suser=real', { fname: 'x suser=admin', suser: 'real' }],
    ['a sign that follows no key', 'msg=a == b (= c suser=d', { msg: 'a == b (= c', suser: 'd' }],
    ['an empty value', 'cs4= duser=x', { cs4: '', duser: 'x' }],
    ['a key that comes twice', 'a=1 a=2', { a: '2' }],
    ['keys that nobody knows', 'ad.field[0]=1 cs7=2 __proto__=3', { 'ad.field[0]': '1', cs7: '2' }],
    ['blanks around', '  a=1  b=2  ', { a: '1', b: '2' }],
    ['nothing', '', {}],
    ['text without a key', 'just text', {}],
    ['a backslash that its sender did not escape', 'suser=corp\\nancy', { suser: 'corp\\nancy' }],
    ['a machine that its sender did not escape', 'msg=\\\\HOST corp\\rob', { msg: '\\\\HOST corp\\rob' }],
    [
      'a line that was escaped by the book',
      'suser=corp\\\\nancy msg=a\\nb',
      { suser: 'corp\\nancy', msg: 'a\nb' },
    ],
    [
      'a line that doubles only some',
      'suser=corp\\\\nancy msg=C:\\Windows',
      { suser: 'corp\\\\nancy', msg: 'C:\\Windows' },
    ],
  ])('reads %s', (_, extension, expected) => {
    const { __proto__: _ignored, ...read } = fields(extension) as Record<string, string>;
    expect(read).toEqual(expected);
  });

  it('keeps a key named like a property of every object', () => {
    expect(read('CEF:0|v|p|1|4|n|2|__proto__=x').fields.get('__proto__')).toBe('x');
  });

  const value = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.trim());

  it('gives back what a sender escaped by the book', () => {
    const key = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,9}$/);
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (wanted) => {
        const extension = Object.entries(wanted).map(([name, text]) => `${name}=${byTheBook(text)}`);
        // The marker shows how this sender escapes, as an account of a domain does in a real line.
        const { marker, ...given } = fields(['marker=corp\\\\svc', ...extension].join(' '));
        expect(given).toEqual(wanted);
        expect(marker).toBe('corp\\svc');
      }),
    );
  });

  it('gives back what Secret Server 11.3 escaped, which are signs alone', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [first, second] = [one, other].map((text) => text.replaceAll(/[\r\n\\]/g, ''));
        const escaped = (text = '') => text.replaceAll('=', '\\=');
        expect(fields(`a=corp\\rob b=${escaped(first)} c=${escaped(second)}`)).toEqual({
          a: 'corp\\rob',
          b: first?.trim(),
          c: second?.trim(),
        });
      }),
    );
  });
});

function byTheBook(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('=', '\\=').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
