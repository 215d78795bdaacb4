import { describe, expect, it } from 'vitest';
import { addressRange, canonicalAddress, contains, countOutside, size } from '../../src/domain/addresses.ts';

describe('addressRange', () => {
  it.each([
    ['10.20.30.40', 1n],
    [' 10.20.30.40 ', 1n],
    ['10.20.30.0/24', 256n],
    ['10.20.30.40/16', 65536n],
    ['10.0.0.1/32', 1n],
    ['0.0.0.0/0', 1n << 32n],
    ['10.0.0.1-10.0.1.0', 256n],
    ['10.0.0.1 - 10.0.0.1', 1n],
    ['::1', 1n],
    ['2001:db8::/64', 1n << 64n],
    ['2001:db8::1-2001:db8::ff', 255n],
    ['::ffff:10.0.0.1', 1n],
    ['::ffff:10.0.0.0/120', 256n],
    ['::/0', 1n << 128n],
  ])('reads %s as %d addresses', (text, count) => {
    const range = addressRange(text);
    expect(range && size(range)).toBe(count);
  });

  it.each([
    '',
    ' ',
    'vault.corp.example',
    '10.1',
    '167772161',
    '0x0a.0.0.1',
    '010.0.0.1',
    '10.0.0.256',
    '10.0.0.1.',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/24/24',
    '10.0.0.0/255.255.255.0',
    '10.0.0.9-10.0.0.1',
    '10.0.0.1-',
    '-10.0.0.1',
    '10.0.0.1-10.0.0.2-10.0.0.3',
    '10.0.0.1-2001:db8::1',
    '10.0.0.1-40',
    '2001:db8::/129',
    '::ffff:10.0.0.0/95',
    '::ffff:010.0.0.1',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '*',
    '10.0.*.*',
  ])('refuses %j', (text) => {
    expect(addressRange(text)).toBeUndefined();
  });
});

describe('contains', () => {
  it.each([
    ['10.20.0.0/16', '10.20.255.255', true],
    ['10.20.0.0/16', '10.21.0.0', false],
    ['10.20.0.0/16', '10.19.255.255', false],
    ['10.20.0.0/16', '::ffff:10.20.1.2', true],
    ['::ffff:10.20.0.0/112', '10.20.1.2', true],
    ['10.20.0.5/16', '10.20.0.1', true],
    ['10.0.0.1-10.0.0.3', '10.0.0.1', true],
    ['10.0.0.1-10.0.0.3', '10.0.0.3', true],
    ['10.0.0.1-10.0.0.3', '10.0.0.4', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['::/0', '2001:db8::1', true],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['2001:DB8::1', '2001:db8:0:0:0:0:0:1', true],
    ['10.0.0.0/8', '010.0.0.1', false],
    ['10.0.0.0/8', 'nonsense', false],
    ['10.0.0.0/8', '', false],
  ])('%s and %s: %s', (text, address, expected) => {
    const range = addressRange(text);
    expect(range && contains(range, address)).toBe(expected);
  });
});

describe('canonicalAddress', () => {
  it.each([
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['10.0.0.1', '10.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['10.1', undefined],
    ['nonsense', undefined],
  ])('%s is %s', (text, expected) => {
    expect(canonicalAddress(text)).toBe(expected);
  });
});

describe('countOutside', () => {
  const ranges = (texts: string[]) => texts.flatMap((text) => addressRange(text) ?? []);

  it.each([
    [['10.0.0.1'], [], 1n],
    [['10.0.0.1'], ['10.0.0.1'], 0n],
    [['10.0.0.0/24'], ['10.0.0.5'], 255n],
    [['10.0.0.1-10.0.0.4', '10.0.0.3-10.0.0.6'], [], 6n],
    [['10.0.0.1-10.0.0.6'], ['10.0.0.0-10.0.0.2', '10.0.0.5-10.0.0.9'], 2n],
    [['10.0.0.0/24', '10.0.0.7'], ['10.0.0.0/24'], 0n],
    [['0.0.0.0/0'], ['0.0.0.0'], 2n ** 32n - 1n],
    [['::/0'], ['10.0.0.0/8'], 2n ** 128n],
    [['10.0.0.1', 'fd00::1'], ['fd00::/16'], 1n],
    [[], ['10.0.0.1'], 0n],
  ])('%j without %j: %s', (all, within, count) => {
    expect(countOutside(ranges(all), ranges(within))).toBe(count);
  });
});
