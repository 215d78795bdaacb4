import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sealed } from '../../src/config/sealed.ts';

const text = 'canary-5b1f';

describe('a sealed secret', () => {
  it('gives its text only when revealed', () => {
    expect(sealed(text).reveal()).toBe(text);
  });

  it.each<[string, (value: unknown) => string]>([
    ['String', String],
    ['a template', (value) => `${value}`],
    ['JSON', (value) => JSON.stringify({ password: value })],
    ['inspect', (value) => inspect(value, { depth: 9, showHidden: true })],
    [
      'inspect inside an object',
      (value) => inspect({ deep: { password: value } }, { depth: 9, showHidden: true }),
    ],
    ['console formats', (value) => format('%s %o %O %j', value, value, value, value)],
    ['its own values', (value) => JSON.stringify(Object.entries(value as object).map(String))],
    ['an error message', (value) => new Error(`no ${value}`).message],
  ])('prints as [sealed] in %s', (_, print) => {
    const printed = print(sealed(text));
    expect(printed).not.toContain(text);
  });

  it('says what it is where it is printed', () => {
    expect(JSON.stringify({ password: sealed(text) })).toBe('{"password":"[sealed]"}');
    expect(inspect({ password: sealed(text) })).toBe('{ password: [sealed] }');
  });
});
