import { directoryAccountUsable } from '../../../src/checks/directory/directory-account-usable.ts';
import type { DirectoryAccount } from '../../../src/domain/evidence/directory.ts';
import { dayMs, minuteMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges } from '../../given.ts';
import { directoryAccount, withDirectory } from './given.ts';

const of = (changed: Partial<DirectoryAccount>) => ({
  targetAccount: { name: 'scanadmin', found: directoryAccount(changed) },
});

itJudges(directoryAccountUsable, [
  ['usable', of({}), 'pass', 'scanadmin is enabled and not locked', withDirectory()],
  [
    'missing',
    { targetAccount: { name: 'scanadmin', found: null } },
    'fail',
    'The directory has no account scanadmin.',
    withDirectory(),
  ],
  ['disabled', of({ enabled: false }), 'fail', 'scanadmin is disabled.', withDirectory()],
  [
    'locked',
    of({ locked: true, lockedAt: at - 5 * minuteMs }),
    'fail',
    'scanadmin is locked out since 2026-11-24T01:55Z.',
    withDirectory(),
  ],
  ['locked, not told when', of({ locked: true }), 'fail', 'scanadmin is locked out.', withDirectory()],
  ['expired', of({ expires: at }), 'fail', 'scanadmin expired at 2026-11-24T02:00Z.', withDirectory()],
  ['expires later', of({ expires: at + 1 }), 'pass', 'enabled', withDirectory()],
  [
    'password expired, by the directory',
    of({ passwordExpired: true }),
    'fail',
    'The password of scanadmin expired.',
    withDirectory(),
  ],
  [
    'password expired since it was read',
    of({ passwordExpires: at - minuteMs }),
    'fail',
    'The password of scanadmin expired at 2026-11-24T01:59Z.',
    withDirectory(),
  ],
  [
    'must change the password',
    of({ mustChangePassword: true, passwordLastSet: null, passwordExpired: true }),
    'fail',
    'The password of scanadmin must be changed at the next logon.',
    withDirectory(),
  ],
  [
    'password expires in 14 days',
    of({ passwordExpires: at + 14 * dayMs }),
    'warn',
    'expires at 2026-12-08T02:00Z, in 14 days.',
    withDirectory(),
  ],
  [
    'password expires after that',
    of({ passwordExpires: at + 14 * dayMs + minuteMs }),
    'pass',
    'enabled',
    withDirectory(),
  ],
  [
    'several at once',
    of({ enabled: false, locked: true, passwordExpired: true }),
    'fail',
    'scanadmin is disabled. scanadmin is locked out. The password of scanadmin expired.',
    withDirectory(),
  ],
  [
    'locked, and the password expires soon: the fail is said first',
    of({ locked: true, passwordExpires: at + dayMs }),
    'fail',
    'scanadmin is locked out. The password of scanadmin expires',
    withDirectory(),
  ],
  ['not read', { targetAccount: gap }, 'unknown', gap.gap.detail, withDirectory()],
  ['no directory', of({}), 'skipped', 'No directory is configured.'],
  [
    'a secret that is not named',
    of({ enabled: false }),
    'skipped',
    'names no directory account for “scanadmin”',
    withDirectory({ other: 'other' }),
  ],
]);
