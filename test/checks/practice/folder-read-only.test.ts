import { folderReadOnly } from '../../../src/checks/practice/folder-read-only.ts';
import type { AccessEntry } from '../../../src/domain/evidence/secret.ts';
import { access, gap, group, itJudges, perAccount, qualys, second, secret, user } from '../../given.ts';

const path = '\\Scan Credentials';
const folder = { folder: path };
const strict = { ...folder, folderAdmins: ['Security Admins', 'CORP\\m.weber'] };
const scanners = access({ userId: null, groupId: 5, principal: 'Qualys Scanners' });
const reader = access({ userId: 9, principal: 'CORP\\svc-vaultcheck' });
const admins = access({ level: 'owner', userId: null, groupId: 6, principal: 'Security Admins' });
const weber = access({ level: 'edit', userId: 11, principal: 'corp\\M.Weber' });
const everyone = access({ userId: null, groupId: 1, principal: 'Everyone' });

const on = (entries: AccessEntry[], more: object = {}) => ({
  folderAccess: { path, entries, readerId: 9 },
  scanUsers: perAccount([qualys, user()]),
  scanUserGroups: perAccount([qualys, [group(), group({ id: 1, name: 'Everyone' })]]),
  secretAccess: [] as AccessEntry[],
  secret: secret(),
  ...more,
});
const noGroups = { scanUserGroups: perAccount([qualys, gap]) };

itJudges(folderReadOnly, [
  ['no folder configured', on([scanners]), 'skipped', 'No `folder`'],
  ['View by the group', on([scanners, reader, admins]), 'pass', 'has View by Qualys Scanners', folder],
  ['only those who are expected', on([scanners, reader, admins, weber]), 'pass', 'Nobody else', strict],
  ['no access at all', on([reader, admins]), 'fail', 'none by the secret either', strict],
  [
    'List alone is no access',
    on([{ ...scanners, level: 'list' }]),
    'fail',
    'has List by Qualys Scanners',
    folder,
  ],
  [
    'the secret alone gives it',
    on([], { secretAccess: [access()] }),
    'warn',
    'new secrets would be missed',
    folder,
  ],
  ['none by the folder, the secret unread', on([], { secretAccess: gap }), 'unknown', gap.gap.detail, folder],
  [
    'Owner through a group',
    on([{ ...scanners, level: 'owner' }]),
    'warn',
    'has Owner by Qualys Scanners',
    folder,
  ],
  ['Edit', on([{ ...scanners, level: 'edit' }]), 'warn', 'has Edit by Qualys Scanners', folder],
  ['Edit by an entry of its own', on([scanners, access({ level: 'edit' })]), 'warn', 'has Edit', folder],
  [
    'Edit, which the hidden password demands',
    on([{ ...scanners, level: 'edit' }], { secret: secret({ hidePassword: true }) }),
    'pass',
    'Hide Launcher Password is on',
    folder,
  ],
  [
    'Edit, the secret unread',
    on([{ ...scanners, level: 'edit' }], { secret: gap }),
    'unknown',
    gap.gap.detail,
    folder,
  ],
  ['somebody else, and no folderAdmins', on([scanners, everyone]), 'pass', 'View by Everyone', folder],
  [
    'somebody else',
    on([scanners, everyone]),
    'warn',
    'Others have rights on \\Scan Credentials: View by Everyone',
    strict,
  ],
  [
    'an entry that gives nothing',
    on([scanners, { ...everyone, level: 'none' }]),
    'pass',
    'Nobody else',
    strict,
  ],
  [
    "the reader by name, where its id isn't told",
    on([scanners, reader], { folderAccess: { path, entries: [scanners, reader], readerId: null } }),
    'pass',
    'Nobody else',
    strict,
  ],
  [
    'the configured group is the accounts’ own',
    on([{ ...scanners, groupId: 5 }]),
    'pass',
    'Nobody else',
    { ...strict, scanGroup: 'qualys scanners' },
  ],
  [
    'another group than the configured one',
    on([scanners]),
    'warn',
    'Others have rights on',
    { ...strict, scanGroup: 'Scanners' },
  ],
  [
    'groups unread: View by an own entry might be more',
    on([access()], noGroups),
    'unknown',
    gap.gap.detail,
    folder,
  ],
  [
    'groups unread: Owner is provable',
    on([access({ level: 'owner' })], noGroups),
    'warn',
    'has Owner',
    folder,
  ],
  [
    'groups unread: a group might be theirs',
    on([access(), scanners], noGroups),
    'unknown',
    gap.gap.detail,
    strict,
  ],
  ['folder unread', on([], { folderAccess: gap }), 'unknown', gap.gap.detail, folder],
  ['users unread', on([scanners], { scanUsers: gap }), 'unknown', gap.gap.detail, folder],
  [
    'one of two accounts has none',
    on([scanners], {
      scanUsers: perAccount([qualys, user()], [second, user({ id: 8, personalGroupId: 80 })]),
      scanUserGroups: perAccount([qualys, [group()]], [second, []]),
    }),
    'fail',
    'svc-qualys-2 has no access',
    { ...folder, scanAccounts: [qualys, second] },
  ],
]);
