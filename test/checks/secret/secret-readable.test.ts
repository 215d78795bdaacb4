import { secretReadable } from '../../../src/checks/secret/secret-readable.ts';
import { access, gap, group, itJudges, perAccount, qualys, second, secret, user } from '../../given.ts';

const role = (...permissions: string[]) => [{ id: 1, name: 'Scan', permissions }];
const good = {
  secret: secret(),
  secretAccess: [access()],
  scanUsers: perAccount([qualys, user()]),
  scanUserGroups: perAccount([qualys, [group()]]),
  scanUserRoles: perAccount([qualys, role('View Secret')]),
};
const byGroup = access({ userId: null, groupId: 5, principal: 'Qualys Scanners' });
const noGroups = { scanUserGroups: perAccount([qualys, gap]) };

itJudges(secretReadable, [
  [
    'View by itself',
    good,
    'pass',
    'CORP\\svc-qualys has View by CORP\\svc-qualys (from the folder) on “scanadmin” (id 42)',
  ],
  [
    'View by a group',
    { ...good, secretAccess: [byGroup] },
    'pass',
    'View by Qualys Scanners (from the folder)',
  ],
  [
    'View by its personal group',
    { ...good, secretAccess: [access({ userId: null, groupId: 70 })] },
    'pass',
    'has View',
  ],
  [
    'the highest of several',
    { ...good, secretAccess: [access({ level: 'list' }), { ...byGroup, level: 'owner' }] },
    'pass',
    'has Owner by Qualys Scanners',
  ],
  [
    'Edit',
    { ...good, secretAccess: [access({ level: 'edit', inherited: false })] },
    'pass',
    'has Edit by CORP\\svc-qualys on',
  ],
  [
    'List is not enough',
    { ...good, secretAccess: [access({ level: 'list' })] },
    'fail',
    'has List by CORP\\svc-qualys (from the folder) on “scanadmin” (id 42); it needs View.',
  ],
  [
    'nothing names it',
    { ...good, secretAccess: [access({ userId: 9 })] },
    'fail',
    'has no access on “scanadmin”',
  ],
  ['a group that it is not in', { ...good, secretAccess: [{ ...byGroup, groupId: 6 }] }, 'fail', 'no access'],
  [
    'a disabled group',
    { ...good, secretAccess: [byGroup], scanUserGroups: perAccount([qualys, [group({ enabled: false })]]) },
    'fail',
    'no access',
  ],
  [
    'no role with View Secret',
    { ...good, scanUserRoles: perAccount([qualys, role('View Users')]) },
    'fail',
    'No role of CORP\\svc-qualys has View Secret (roles: Scan).',
  ],
  ['no role at all', { ...good, scanUserRoles: perAccount([qualys, []]) }, 'fail', '(roles: none)'],
  [
    'the permission written as code',
    { ...good, scanUserRoles: perAccount([qualys, role('viewsecret')]) },
    'pass',
    'a role with View Secret',
  ],
  ['groups unread, but enough by itself', { ...good, ...noGroups }, 'pass', 'has View'],
  [
    'groups unread, and not enough by itself',
    { ...good, ...noGroups, secretAccess: [byGroup] },
    'unknown',
    gap.gap.detail,
  ],
  ['access unread', { ...good, secretAccess: gap }, 'unknown', gap.gap.detail],
  [
    'access unread, but no role',
    { ...good, secretAccess: gap, scanUserRoles: perAccount([qualys, role()]) },
    'fail',
    'No role',
  ],
  ['roles unread', { ...good, scanUserRoles: gap }, 'unknown', gap.gap.detail],
  ['roles unread, but no access', { ...good, scanUserRoles: gap, secretAccess: [] }, 'fail', 'no access'],
  ['no such user', { ...good, scanUsers: perAccount([qualys, null]) }, 'unknown', 'has no user'],
  ['not exactly one secret', { ...good, secret: gap, secretAccess: gap }, 'unknown', gap.gap.detail],
  [
    'the second of two',
    {
      secret: secret(),
      secretAccess: [access()],
      scanUsers: perAccount([qualys, user()], [second, user({ id: 8, personalGroupId: 80 })]),
      scanUserGroups: perAccount([qualys, []], [second, []]),
      scanUserRoles: perAccount([qualys, role('View Secret')], [second, role('View Secret')]),
    },
    'fail',
    'svc-qualys-2 has no access',
  ],
]);
