import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/failures.ts';
import { type Asked, targetsOf } from '../../src/cli/targets.ts';
import type { Settings } from '../../src/domain/settings.ts';

/** Only the name and the list matter here. */
const integration = (name: string, secrets: Settings['secrets']) =>
  ({ integration: name, secrets }) as unknown as Settings;

const one = [integration('corp', ['a', 'b'])];
const two = [...one, integration('Lab', ['b', 'c'])];
const folder = [...one, integration('vault', 'folder')];
const asked = (given: Partial<Asked>): Asked => ({
  secrets: [],
  all: false,
  integration: undefined,
  ...given,
});

describe('whom the words mean', () => {
  it.each<[string, Settings[], Partial<Asked>, unknown]>([
    ['with one integration, that one', one, { secrets: ['zzz'] }, [{ index: 0, secrets: ['zzz'] }]],
    ['a name twice, once', one, { secrets: ['a', 'a'] }, [{ index: 0, secrets: ['a'] }]],
    ['with several, those that list the name', two, { secrets: ['c'] }, [{ index: 1, secrets: ['c'] }]],
    [
      'a name in two lists, both',
      two,
      { secrets: ['b'] },
      [
        { index: 0, secrets: ['b'] },
        { index: 1, secrets: ['b'] },
      ],
    ],
    [
      'names of different ones',
      two,
      { secrets: ['c', 'a'] },
      [
        { index: 0, secrets: ['a'] },
        { index: 1, secrets: ['c'] },
      ],
    ],
    [
      'any name in the named one',
      two,
      { secrets: ['zzz'], integration: 'lab' },
      [{ index: 1, secrets: ['zzz'] }],
    ],
    [
      'all of every one',
      two,
      { all: true },
      [
        { index: 0, secrets: 'watched' },
        { index: 1, secrets: 'watched' },
      ],
    ],
    ['all of the named one', folder, { all: true, integration: 'vault' }, [{ index: 1, secrets: 'watched' }]],
  ])('%s', (_, settings, given, expected) => {
    expect(targetsOf(settings, asked(given))).toEqual(expected);
  });

  it.each<[string, Settings[], Partial<Asked>, RegExp]>([
    [
      'a name in no list',
      two,
      { secrets: ['a', 'zzz'] },
      /No integration lists "zzz".*--integration NAME \(corp, Lab\)/,
    ],
    [
      'an integration that is not there',
      two,
      { secrets: ['a'], integration: 'crop' },
      /no integration "crop"\. Did you mean "corp"\?/,
    ],
    ['all of an empty list', [integration('corp', [])], { all: true }, /No secret is listed/],
  ])('refuses %s', (_, settings, given, message) => {
    expect(() => targetsOf(settings, asked(given))).toThrow(UsageError);
    expect(() => targetsOf(settings, asked(given))).toThrow(message);
  });
});
