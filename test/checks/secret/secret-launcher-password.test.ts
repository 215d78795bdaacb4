import { secretLauncherPassword } from '../../../src/checks/secret/secret-launcher-password.ts';
import { access, gap, itJudges, perAccount, qualys, second, secret, user } from '../../given.ts';

const role = (...permissions: string[]) => [{ id: 1, name: 'Scan', permissions }];
const of = (fields: Parameters<typeof secret>[0], more: object = {}) => ({
  secret: secret(fields),
  secretAccess: [access()],
  scanUsers: perAccount([qualys, user()]),
  scanUserGroups: perAccount([qualys, []]),
  scanUserRoles: perAccount([qualys, role('View Launcher Password')]),
  ...more,
});
const edit = { secretAccess: [access({ level: 'edit' })] };
const noRole = { scanUserRoles: perAccount([qualys, role('View Secret')]) };
const hidden = { hidePassword: true };
const plain = { hasLauncher: false };

itJudges(secretLauncherPassword, [
  [
    'not hidden, a launcher, the permission',
    of({}),
    'pass',
    'CORP\\svc-qualys has a role with View Launcher Password',
  ],
  [
    'hidden, View',
    of(hidden),
    'fail',
    'Hide Launcher Password is on for “scanadmin”, and CORP\\svc-qualys has View',
  ],
  ['hidden, Edit', of(hidden, edit), 'pass', 'has Edit by'],
  ['hidden, Owner', of(hidden, { secretAccess: [access({ level: 'owner' })] }), 'pass', 'has Owner by'],
  [
    'hidden without a launcher, View',
    of({ ...hidden, ...plain }, noRole),
    'fail',
    'Hide Launcher Password is on',
  ],
  [
    'a launcher, no permission',
    of({}, noRole),
    'fail',
    '“scanadmin” has a launcher, and no role of CORP\\svc-qualys has View Launcher Password',
  ],
  ['no launcher, no permission', of(plain, noRole), 'pass', 'has no launcher'],
  ['no launcher, roles unread', of(plain, { scanUserRoles: gap }), 'pass', 'has no launcher'],
  ['both', of(hidden, noRole), 'fail', 'it needs Edit. “scanadmin” has a launcher'],
  ['launcher not told, the permission', of({ hasLauncher: null }), 'pass', 'View Launcher Password'],
  [
    'launcher not told, no permission',
    of({ hasLauncher: null }, noRole),
    'unknown',
    'does not tell whether the secret has a launcher',
  ],
  ['roles unread', of({}, { scanUserRoles: gap }), 'unknown', gap.gap.detail],
  ['hidden, access unread', of(hidden, { secretAccess: gap }), 'unknown', gap.gap.detail],
  ['hidden, groups unread, View by itself', of(hidden, { scanUserGroups: gap }), 'unknown', gap.gap.detail],
  ['hidden, groups unread, Edit by itself', of(hidden, { ...edit, scanUserGroups: gap }), 'pass', 'has Edit'],
  [
    'hidden, access unread, no permission',
    of(hidden, { ...noRole, secretAccess: gap }),
    'fail',
    'no role of',
  ],
  [
    'the second of two',
    of({}, { scanUserRoles: perAccount([qualys, role('View Launcher Password')], [second, role()]) }),
    'fail',
    'no role of svc-qualys-2',
  ],
  ['the secret is not known', { secret: gap }, 'unknown', gap.gap.detail],
]);
