import { describe, expect, it } from 'vitest';
import { accountLabel, leftBy, ofAccount } from '../../src/domain/scan-account.ts';
import { context, gap, perAccount, qualys, second, user } from '../given.ts';

describe('accountLabel', () => {
  it('writes the domain before the name, where there is one', () => {
    expect([accountLabel(qualys), accountLabel(second)]).toEqual(['CORP\\svc-qualys', 'svc-qualys-2']);
  });
});

describe('ofAccount', () => {
  const list = { known: perAccount([qualys, 1], [second, gap]) };

  it('finds what the list says of the account', () => {
    expect(ofAccount(list, qualys)).toEqual({ known: 1 });
    expect(ofAccount(list, second)).toEqual(gap);
  });

  it('is a gap for a list that is missing, or leaves the account out', () => {
    expect(ofAccount(gap, qualys)).toEqual(gap);
    const other = { username: 'svc-qualys', domain: null };
    expect(ofAccount(list, other)).toMatchObject({ gap: { source: 'vaultcheck', cause: 'absent' } });
  });
});

describe('leftBy', () => {
  const { settings } = context();

  it.each([
    ['CORP\\svc-qualys', 'x', user(), true],
    ['corp\\SVC-QUALYS', 'x', user(), true],
    ['svc-qualys@corp.example', 'x', user(), true],
    ['LAB\\svc-qualys', 'Qualys scanner', user(), false],
    ['svc-qualys', 'Qualys scanner', user(), true],
    ['svc-qualys', 'Somebody', user(), false],
    ['svc-qualys', 'Qualys scanner', null, false],
    ['svc-qualys-2', 'Qualys scanner', user(), false],
  ])('%s (%s) with %j: %s', (...line) => {
    const [username, displayName, known, expected] = line;
    expect(leftBy({ username, displayName }, { account: qualys, user: known, settings })).toBe(expected);
  });
});
