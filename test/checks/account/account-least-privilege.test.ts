import { accountLeastPrivilege } from '../../../src/checks/account/account-least-privilege.ts';
import { gap, itJudges, perAccount, qualys, second, user } from '../../given.ts';

const role = (...permissions: string[]) => [{ id: 1, name: 'Scan', permissions }];
const reading = role('View Secret', 'View Launcher Password');
const of = (roles: typeof reading | typeof gap, more: object = {}) => ({
  scanUserRoles: perAccount([qualys, roles]),
  scanUsers: perAccount([qualys, user()]),
  unlimitedAdministration: false,
  ...more,
});
const mighty = role('View Secret', 'Unlimited Administrator');

itJudges(accountLeastPrivilege, [
  ['reading only', of(reading), 'pass', 'Roles of CORP\\svc-qualys: Scan'],
  ['no role at all', of([]), 'pass', 'none'],
  ['may edit', of(role('Edit Secret')), 'warn', 'may do more than read: Edit Secret (role Scan).'],
  ['may edit, as code', of(role('EditSecret')), 'warn', 'EditSecret'],
  ['may administer', of(role('Administer Users')), 'warn', 'Administer Users'],
  ['may own', of(role('Own Secret')), 'warn', 'Own Secret'],
  ['may delete', of(role('Delete Secret')), 'warn', 'Delete Secret'],
  ['may bypass', of(role('Bypass SAML Login')), 'warn', 'Bypass SAML Login'],
  ['may impersonate', of(role('Web Services Impersonate')), 'warn', 'Web Services Impersonate'],
  [
    'a view of what administers',
    of(role('View Administer Users', 'ViewUnlimitedAdministrator')),
    'pass',
    'Scan',
  ],
  ['whole words only', of(role('Download Owner Report', 'Credited Secret')), 'pass', 'Scan'],
  [
    'unlimited, and the mode is on',
    of(mighty, { unlimitedAdministration: true }),
    'fail',
    'Unlimited administration is on, and CORP\\svc-qualys may use it.',
  ],
  ['unlimited, and the mode is off', of(mighty), 'warn', 'Unlimited Administrator (role Scan)'],
  [
    'unlimited, and the mode is unread',
    of(mighty, { unlimitedAdministration: gap }),
    'unknown',
    gap.gap.detail,
  ],
  [
    'the mode is on, but not for it',
    of(reading, { unlimitedAdministration: true }),
    'pass',
    'does not hold Unlimited Administrator',
  ],
  [
    'the mode is unread, but not for it',
    of(reading, { unlimitedAdministration: gap }),
    'pass',
    'does not hold',
  ],
  [
    'no application account',
    of(reading, { scanUsers: perAccount([qualys, user({ applicationAccount: false })]) }),
    'warn',
    'is not an application account',
  ],
  [
    'kind of account not told',
    of(reading, { scanUsers: perAccount([qualys, user({ applicationAccount: null })]) }),
    'unknown',
    'does not tell whether',
  ],
  ['users unread', of(reading, { scanUsers: gap }), 'unknown', gap.gap.detail],
  ['roles unread', of(gap), 'unknown', gap.gap.detail],
  [
    'the second of two',
    {
      scanUserRoles: perAccount([qualys, reading], [second, role('Edit Secret')]),
      scanUsers: perAccount([qualys, user()], [second, user()]),
      unlimitedAdministration: false,
    },
    'warn',
    'svc-qualys-2 may do more than read',
  ],
]);
