import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/domain/nearest.ts';

describe('nearest', () => {
  it.each([
    ['scanadmim', ['scanadmin', 'other'], ['scanadmin']],
    ['scan', ['scanadmin', 'zzz'], ['scanadmin']],
    ['qqq', ['scanadmin'], []],
  ])('%s', (name, among, expected) => {
    expect(nearest(name, among)).toEqual(expected);
  });
});

describe('didYouMean', () => {
  const known = ['url', 'ca', 'secretServer', 'secrets'];

  it.each([
    ['secert', ' Did you mean "secrets"?'],
    ['secretServr', ' Did you mean "secretServer"?'],
    ['SECRETS', ' Did you mean "secrets"?'],
    // Three letters off a word of three letters is another word.
    ['foo', ''],
    ['password', ''],
  ])('%s', (name, said) => {
    expect(didYouMean(name, known)).toBe(said);
  });
});
