import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, words } from '../../src/commands/words.ts';

const texts = (text: string) => words(text).map((one) => one.text);

describe('words', () => {
  it.each([
    ['check scanadmin', ['check', 'scanadmin']],
    ['  check\t scanadmin  ', ['check', 'scanadmin']],
    ['check “Domain Admin” public', ['check', 'Domain Admin', 'public']],
    ['check „Domain Admin“', ['check', 'Domain Admin']],
    ['check ‘Domain Admin’', ['check', 'Domain Admin']],
    ['check O’Brien', ['check', "O'Brien"]],
    ['check <mailto:svc@corp.example|svc@corp.example>', ['check', 'svc@corp.example']],
    ['check <http://db.corp.example|db.corp.example>', ['check', 'db.corp.example']],
    ['check <https://db.corp.example/x>', ['check', 'https://db.corp.example/x']],
    ['check a&amp;b', ['check', 'a&b']],
    ['check "never closed', ['check', 'never closed']],
    ['check ""', ['check']],
    ['check "say \\"hi\\""', ['check', 'say "hi"']],
    ['', []],
  ])('reads %j', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it('reads back any name that it quotes', () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .map((text) => text.replace(/\s+/gu, ' ').trim())
      .filter((text) => text !== '' && !/[<>&\u2018-\u201f\u00ab\u00bb]/u.test(text));
    fc.assert(
      fc.property(name, (text) => {
        expect(texts(`check ${quoted(text, ['all'])} public`)).toEqual(['check', text, 'public']);
      }),
    );
  });

  it('never throws and never invents', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(words(text).every((one) => one.text.length > 0)).toBe(true);
      }),
    );
  });
});
