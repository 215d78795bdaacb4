import { describe, expect, it } from 'vitest';
import { readAccount } from '../../../src/adapters/directory/entries.ts';
import { instantOfFiletime, instantOfGeneralizedTime } from '../../../src/adapters/directory/filetime.ts';
import type { DirectoryAccount } from '../../../src/domain/evidence/directory.ts';

const never = '9223372036854775807';

/** An entry as the library gives it: texts, and an empty list for what was asked for and is not there. */
const entry = (changed: Record<string, unknown> = {}) => ({
  dn: 'CN=scanadmin,CN=Users,DC=corp,DC=example',
  sAMAccountName: 'scanadmin',
  userPrincipalName: [],
  userAccountControl: '512',
  'msDS-User-Account-Control-Computed': '0',
  lockoutTime: [],
  accountExpires: never,
  pwdLastSet: '134399593402241580',
  'msDS-UserPasswordExpiryTimeComputed': '134435881402241580',
  ...changed,
});

const set = Date.UTC(2026, 10, 24, 2, 2, 20, 224);

describe('an account as Active Directory writes it', () => {
  it.each<[string, Record<string, unknown>, Partial<DirectoryAccount>]>([
    [
      'healthy',
      {},
      {
        enabled: true,
        locked: false,
        expires: null,
        passwordLastSet: set,
        passwordExpires: set + 42 * 86_400_000,
      },
    ],
    ['disabled', { userAccountControl: '514' }, { enabled: false, locked: false }],
    [
      'locked, as it is computed',
      { 'msDS-User-Account-Control-Computed': '16', lockoutTime: '134399593402241580' },
      { locked: true, lockedAt: set },
    ],
    [
      'a lock that ran out: its time is still written',
      { lockoutTime: '134399593402241580' },
      { locked: false, lockedAt: null },
    ],
    ['the lock bit of the stored attribute is never set', { userAccountControl: '528' }, { locked: false }],
    ['unlocked by an administrator', { lockoutTime: '0' }, { locked: false }],
    ['never expires, written as 0', { accountExpires: '0' }, { expires: null }],
    ['expired', { accountExpires: '134399593402241580' }, { expires: set }],
    [
      'password expired',
      { 'msDS-User-Account-Control-Computed': '8388608' },
      { passwordExpired: true, mustChangePassword: false },
    ],
    [
      'must change',
      { pwdLastSet: '0', 'msDS-UserPasswordExpiryTimeComputed': '0' },
      { mustChangePassword: true, passwordLastSet: null, passwordExpires: null },
    ],
    [
      'password never expires',
      { 'msDS-UserPasswordExpiryTimeComputed': never, userAccountControl: '66048' },
      { passwordExpires: null, enabled: true },
    ],
    [
      'names in another case',
      { userAccountControl: undefined, USERACCOUNTCONTROL: '514' },
      { enabled: false },
    ],
  ])('%s', (_, changed, expected) => {
    const given = Object.entries(entry(changed)).filter(([, value]) => value !== undefined);
    expect(readAccount(Object.fromEntries(given)).account).toMatchObject(expected);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['not shown', { pwdLastSet: [] }, 'absent', 'does not show pwdLastSet'],
    ['several values', { pwdLastSet: ['1', '2'] }, 'malformed', 'unreadable for pwdLastSet'],
    ['no number', { accountExpires: 'never' }, 'malformed', 'unreadable for accountExpires'],
    ['bytes', { userAccountControl: Buffer.from('512') }, 'malformed', 'unreadable for userAccountControl'],
  ])('%s is no evidence', (_, changed, cause, detail) => {
    expect(() => readAccount(entry(changed))).toThrow(
      expect.objectContaining({
        gap: expect.objectContaining({ cause, detail: expect.stringContaining(detail) }),
      }),
    );
  });
});

describe('the times of a directory', () => {
  it.each<[bigint, number | null]>([
    [0n, null],
    [-1n, null],
    [9_223_372_036_854_775_807n, null],
    [116_444_736_000_000_000n, 0],
    [134_399_593_402_241_580n, set],
    // Beyond what a number holds exactly: seven digits more than a millisecond needs.
    [134_399_593_402_249_999n, set],
  ])('FILETIME %s', (filetime, at) => {
    expect(instantOfFiletime(filetime)).toBe(at);
  });

  it.each<[string, number | null]>([
    ['20261124020224.0Z', Date.UTC(2026, 10, 24, 2, 2, 24)],
    ['20261124020224Z', Date.UTC(2026, 10, 24, 2, 2, 24)],
    ['2026-11-24', null],
    ['', null],
  ])('GeneralizedTime %s', (text, at) => {
    expect(instantOfGeneralizedTime(text)).toBe(at);
  });
});
