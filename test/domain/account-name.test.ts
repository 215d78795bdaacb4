import { describe, expect, it } from 'vitest';
import { accountName, accountText, parseAccountName, sameAccount } from '../../src/domain/account-name.ts';

describe('parseAccountName', () => {
  it.each([
    ['svc-qualys', { username: 'svc-qualys', domain: null }],
    ['CORP\\svc-qualys', { username: 'svc-qualys', domain: 'CORP' }],
    ['corp.example\\\\svc-qualys', { username: 'svc-qualys', domain: 'corp.example' }],
    ['corp.example \\svc-qualys', { username: 'svc-qualys', domain: 'corp.example' }],
    ['svc-qualys@corp.example', { username: 'svc-qualys', domain: 'corp.example' }],
    ['corp.example\\svc@EXAMPLE.ORG', { username: 'svc@EXAMPLE.ORG', domain: 'corp.example' }],
    ['\\svc-qualys', { username: 'svc-qualys', domain: null }],
    ['svc@', { username: 'svc@', domain: null }],
    ['@corp', { username: '@corp', domain: null }],
    ['', { username: '', domain: null }],
  ])('reads %j', (text, expected) => {
    expect(parseAccountName(text)).toEqual(expected);
  });
});

describe('accountName', () => {
  it.each([
    [
      { username: 'svc', domain: 'CORP' },
      { username: 'svc', domain: 'CORP' },
    ],
    [
      { username: 'CORP\\svc', domain: 'CORP' },
      { username: 'svc', domain: 'CORP' },
    ],
    [
      { username: 'svc@corp.example', domain: '' },
      { username: 'svc', domain: 'corp.example' },
    ],
    [
      { username: 'svc', domain: null },
      { username: 'svc', domain: null },
    ],
  ])('%j is %j', (given, expected) => {
    expect(accountName(given)).toEqual(expected);
  });
});

describe('sameAccount', () => {
  const aliases = { CORP: ['ad.example.com', 'example.com'] };

  it.each([
    ['CORP\\svc', 'corp\\SVC', true],
    ['CORP\\svc', 'svc@corp', true],
    ['CORP\\svc', 'svc@corp.example', true],
    ['CORP\\svc', 'svc@ad.example.com', true],
    ['ad.example.com\\svc', 'svc@example.com', true],
    ['ad.example.com\\svc', 'svc@ad.example.com.', true],
    ['corp.example\\svc@other.example', 'svc@other.example', true],
    ['corp.example\\svc@other.example', 'CORP\\svc', true],
    ['svc', 'SVC', true],
    ['CORP\\svc', 'CORP\\svc2', false],
    ['CORP\\svc', 'LAB\\svc', false],
    ['corp.example\\svc', 'corp.other\\svc', false],
    ['CORP\\svc', 'svc', false],
    ['svc', 'CORP\\svc', false],
    ['CORP\\', 'CORP\\', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(sameAccount(parseAccountName(one), parseAccountName(other), aliases)).toBe(expected);
  });

  it('does not join two domains without an alias', () => {
    expect(sameAccount(parseAccountName('CORP\\svc'), parseAccountName('svc@ad.example.com'))).toBe(false);
  });
});

describe('accountText', () => {
  it('shows the domain where there is one', () => {
    expect(accountText({ username: 'svc', domain: 'CORP' })).toBe('CORP\\svc');
    expect(accountText({ username: 'svc', domain: null })).toBe('svc');
  });
});
