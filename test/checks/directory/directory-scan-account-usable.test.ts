import { directoryScanAccountUsable } from '../../../src/checks/directory/directory-scan-account-usable.ts';
import { gap, itJudges, perAccount, qualys, second } from '../../given.ts';
import { directoryAccount, withDirectory } from './given.ts';

const third = { username: 'svc-qualys-3', domain: 'CORP' };
const usable = directoryAccount({ name: 'svc-qualys' });

itJudges(directoryScanAccountUsable, [
  [
    'usable',
    { scanDirectoryAccounts: perAccount([qualys, usable]) },
    'pass',
    'CORP\\svc-qualys is enabled and not locked',
    withDirectory(),
  ],
  [
    'locked',
    { scanDirectoryAccounts: perAccount([qualys, { ...usable, locked: true }]) },
    'fail',
    'CORP\\svc-qualys is locked out.',
    withDirectory(),
  ],
  [
    'missing',
    { scanDirectoryAccounts: perAccount([qualys, null]) },
    'fail',
    'The directory has no account CORP\\svc-qualys.',
    withDirectory(),
  ],
  [
    'the second of two',
    { scanDirectoryAccounts: perAccount([qualys, usable], [third, { ...usable, enabled: false }]) },
    'fail',
    'CORP\\svc-qualys-3 is disabled.',
    { ...withDirectory(), scanAccounts: [qualys, third] },
  ],
  [
    'one that was not read',
    { scanDirectoryAccounts: perAccount([qualys, usable], [third, gap]) },
    'unknown',
    gap.gap.detail,
    { ...withDirectory(), scanAccounts: [qualys, third] },
  ],
  [
    'one that was not read beside one that fails',
    { scanDirectoryAccounts: perAccount([qualys, { ...usable, enabled: false }], [third, gap]) },
    'fail',
    'CORP\\svc-qualys is disabled.',
    { ...withDirectory(), scanAccounts: [qualys, third] },
  ],
  ['not read', { scanDirectoryAccounts: gap }, 'unknown', gap.gap.detail, withDirectory()],
  ['no directory', { scanDirectoryAccounts: null }, 'skipped', 'No directory is configured.'],
  [
    'local accounts alone',
    { scanDirectoryAccounts: [] },
    'skipped',
    'No scan account is a directory account.',
    { ...withDirectory(), scanAccounts: [second] },
  ],
]);
