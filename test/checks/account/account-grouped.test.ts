import { accountGrouped } from '../../../src/checks/account/account-grouped.ts';
import type { VaultGroup } from '../../../src/domain/evidence/account.ts';
import { access, gap, group, itJudges, perAccount, qualys, second, user } from '../../given.ts';

const two = { scanAccounts: [qualys, second] };
const named = { ...two, scanGroup: 'Qualys Scanners' };
const byGroup = [access({ userId: null, groupId: 5, principal: 'Qualys Scanners' })];

const of = (first: VaultGroup[] | typeof gap, other: VaultGroup[] | typeof gap, more: object = {}) => ({
  scanUserGroups: perAccount([qualys, first], [second, other]),
  scanUsers: perAccount([qualys, user()], [second, user({ id: 8, personalGroupId: 80 })]),
  secretAccess: byGroup,
  ...more,
});
const exists = (fields: Partial<VaultGroup> = {}) => ({
  scanGroup: { name: 'Qualys Scanners', found: { group: group(fields) } },
});
const third = {
  scanUserGroups: perAccount(
    [qualys, [group()]],
    [second, [group()]],
    [{ username: 'svc-3', domain: null }, []],
  ),
};
const synchronised = group({ domain: 'CORP', synchronised: true });
const everyone = group({ id: 1, name: 'Everyone' });

itJudges(accountGrouped, [
  ['one account, no group named', {}, 'skipped', 'one scan account'],
  [
    'all in the named group',
    of([group()], [group()], exists()),
    'pass',
    'the local group Qualys Scanners',
    named,
  ],
  [
    'one account in the named group',
    { ...of([group()], []), ...exists(), scanUserGroups: perAccount([qualys, [group()]]) },
    'pass',
    'is in Qualys Scanners',
    { scanGroup: 'Qualys Scanners' },
  ],
  [
    'the named group is missing',
    of([], [], { scanGroup: { name: 'Qualys Scanners', found: null } }),
    'fail',
    'no group Qualys Scanners',
    named,
  ],
  ['it is disabled', of([group()], [group()], exists({ enabled: false })), 'fail', 'is disabled', named],
  [
    'it is synchronised',
    of([group()], [group()], exists({ synchronised: true })),
    'warn',
    'synchronised from a directory',
    named,
  ],
  [
    'it is of a domain',
    of([group()], [group()], exists({ domain: 'CORP' })),
    'warn',
    'synchronised from a directory',
    named,
  ],
  ['an account outside it', of([group()], [], exists()), 'warn', 'svc-qualys-2 is not in the group', named],
  [
    'the named group is unread',
    of([group()], [group()], { scanGroup: gap }),
    'unknown',
    gap.gap.detail,
    named,
  ],
  [
    'missing, and the accounts unread',
    of(gap, gap, { scanGroup: { name: 'Qualys Scanners', found: null } }),
    'fail',
    'no group',
    named,
  ],
  ['an account unread', of([group()], gap, exists()), 'unknown', gap.gap.detail, named],
  [
    'none named, one local group holds them all',
    of([group()], [group()]),
    'pass',
    'All scan accounts are in the local group',
    two,
  ],
  [
    'none named, no common group',
    of([group()], [group({ id: 6 })]),
    'warn',
    'No local group holds CORP\\svc-qualys, svc-qualys-2 together',
    two,
  ],
  ['none named, Everyone does not count', of([everyone], [everyone]), 'warn', 'No local group', two],
  [
    'none named, a disabled group does not count',
    of([group({ enabled: false })], [group({ enabled: false })]),
    'warn',
    'No local group',
    two,
  ],
  [
    'none named, a synchronised one holds them',
    of([synchronised], [synchronised]),
    'warn',
    'synchronised from a directory',
    two,
  ],
  [
    'none named, one of several groups is common',
    of([group({ id: 6 }), group()], [group(), group({ id: 9 })]),
    'pass',
    'All scan accounts are in the local group',
    two,
  ],
  ['none named, two of three share one', of([group()], [group()], third), 'warn', 'No local group', two],
  ['none named, an account unread', of([group()], gap), 'unknown', gap.gap.detail, two],
  [
    'permission given to one by one',
    of([group()], [group()], { secretAccess: [...byGroup, access()] }),
    'warn',
    'CORP\\svc-qualys is given to it alone',
    two,
  ],
  [
    'permission given by its personal group',
    of([group()], [group()], { secretAccess: [access({ userId: null, groupId: 80 })] }),
    'warn',
    'svc-qualys-2 is given to it alone',
    two,
  ],
  [
    'permission on the folder given to one by one',
    of([group()], [group()], { folderAccess: { path: '\\Scan', entries: [access()], readerId: null } }),
    'warn',
    'CORP\\svc-qualys on \\Scan is given to it alone',
    two,
  ],
  [
    'permission on the folder given to the group',
    of([group()], [group()], { folderAccess: { path: '\\Scan', entries: byGroup, readerId: null } }),
    'pass',
    'No permission on \\Scan is given to CORP\\svc-qualys alone',
    two,
  ],
  [
    'no such secret, so the folder alone speaks',
    of([group()], [group()], {
      secretAccess: { gap: { ...gap.gap, cause: 'absent' } },
      folderAccess: { path: '\\Scan', entries: byGroup, readerId: null },
    }),
    'pass',
    'No permission on \\Scan is given',
    two,
  ],
  [
    'no such secret, and the folder unread',
    of([group()], [group()], { secretAccess: { gap: { ...gap.gap, cause: 'absent' } } }),
    'unknown',
    gap.gap.detail,
    two,
  ],
  ['access unread', of([group()], [group()], { secretAccess: gap }), 'unknown', gap.gap.detail, two],
  ['users unread', of([group()], [group()], { scanUsers: gap }), 'unknown', gap.gap.detail, two],
]);
