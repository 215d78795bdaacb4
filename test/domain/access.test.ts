import { describe, expect, it } from 'vitest';
import { accessOf, accessText, atLeast, knownAccess, namesOnly } from '../../src/domain/access.ts';
import { access, gap, group, user } from '../given.ts';

const byGroup = (level: 'list' | 'view' | 'owner', groupId = 5) =>
  access({ level, userId: null, groupId, principal: 'Qualys Scanners', inherited: false });

describe('accessOf', () => {
  it.each([
    ['no entry', [], 'none'],
    ['its own', [access()], 'view'],
    ["somebody else's", [access({ userId: 9 })], 'none'],
    ["its group's", [byGroup('view')], 'view'],
    ["another group's", [byGroup('view', 6)], 'none'],
    ['the highest of both', [access({ level: 'list' }), byGroup('owner')], 'owner'],
    ['the highest of both, the other way round', [byGroup('owner'), access({ level: 'list' })], 'owner'],
    ['its personal group', [byGroup('view', 70)], 'view'],
  ] as const)('%s', (_, entries, level) => {
    expect(accessOf(entries, user(), [group()]).level).toBe(level);
  });

  it('takes nothing from a disabled group, nor from a personal group that it does not have', () => {
    expect(accessOf([byGroup('view')], user(), [group({ enabled: false })]).level).toBe('none');
    expect(accessOf([byGroup('view', 70)], user({ personalGroupId: null }), []).level).toBe('none');
  });

  it('says by whom, and whether from the folder', () => {
    expect(accessText(accessOf([byGroup('view')], user(), [group()]))).toBe('View by Qualys Scanners');
    expect(accessText(accessOf([access()], user(), []))).toBe('View by CORP\\svc-qualys (from the folder)');
    expect(accessText(accessOf([], user(), []))).toBe('no access');
  });
});

describe('knownAccess', () => {
  it('is not complete without the groups', () => {
    expect(knownAccess({ known: [access()] }, user(), gap)).toMatchObject({
      known: { level: 'view', complete: false },
    });
    expect(knownAccess({ known: [] }, user(), { known: [] })).toMatchObject({
      known: { level: 'none', complete: true },
    });
    expect(knownAccess(gap, user(), { known: [] })).toEqual(gap);
  });
});

describe('atLeast', () => {
  it.each([
    ['list', 'view', false],
    ['view', 'view', true],
    ['owner', 'edit', true],
    ['none', 'list', false],
  ] as const)('%s gives %s: %s', (level, least, expected) => {
    expect(atLeast(level, least)).toBe(expected);
  });
});

describe('namesOnly', () => {
  it.each([
    ['itself', access(), true],
    ['its personal group', byGroup('view', 70), true],
    ['a group', byGroup('view'), false],
    ['somebody else', access({ userId: 9 }), false],
  ])('%s', (_, entry, expected) => {
    expect(namesOnly(entry, user())).toBe(expected);
  });

  it('takes no entry without a group for that of an account without a personal group', () => {
    expect(namesOnly(access({ userId: 9 }), user({ personalGroupId: null }))).toBe(false);
  });
});
