import { passwordInStep } from '../../../src/checks/directory/password-in-step.ts';
import type { SecretPassword } from '../../../src/domain/evidence/directory.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges, secret } from '../../given.ts';
import { directoryAccount, withDirectory } from './given.ts';

const base = at - 3 * dayMs;

/** `directory` and `vault`: when either side got its password, from a common moment on. */
function of(
  sides: { directory?: number | null; vault?: number; heartbeat?: string },
  seen: Partial<SecretPassword> = {},
) {
  const set = sides.directory === undefined ? 0 : sides.directory;
  return {
    targetAccount: {
      name: 'scanadmin',
      found: directoryAccount({ passwordLastSet: set === null ? null : base + set }),
    },
    secretPassword: {
      changedAt: base + (sides.vault ?? 0),
      how: 'CHANGE PASSWORD',
      heartbeatSucceededAt: null,
      heartbeatFailedAt: null,
      ...seen,
    },
    secret: secret({ heartbeat: sides.heartbeat ?? 'Pending' }),
  };
}

const succeeded = (after: number) => ({ heartbeatSucceededAt: base + after });

itJudges(passwordInStep, [
  ['both at once', of({}), 'pass', 'last changed at 2026-11-21T02:00Z (CHANGE PASSWORD)', withDirectory()],
  ['directory ten minutes later', of({ directory: 10 * minuteMs }), 'pass', 'was set at', withDirectory()],
  ['secret ten minutes later', of({ vault: 10 * minuteMs }), 'pass', 'was set at', withDirectory()],
  [
    'within ten minutes a failed heartbeat is not its matter',
    of({ directory: 10 * minuteMs, heartbeat: 'Failed' }),
    'pass',
    'was set at',
    withDirectory(),
  ],
  [
    'directory later, heartbeat failed',
    of({ directory: 11 * minuteMs, heartbeat: 'Failed' }),
    'fail',
    "in the directory at 2026-11-21T02:11Z, after the secret's (2026-11-21T02:00Z), and the last heartbeat is Failed.",
    withDirectory(),
  ],
  [
    'directory later, the account locked by heartbeats',
    of({ directory: hourMs, heartbeat: 'AccountLockedOut' }, succeeded(2 * hourMs)),
    'fail',
    'the last heartbeat is AccountLockedOut.',
    withDirectory(),
  ],
  [
    'directory later, a heartbeat succeeded after it',
    of({ directory: hourMs, heartbeat: 'Success' }, succeeded(2 * hourMs)),
    'pass',
    'A heartbeat succeeded at 2026-11-21T04:00Z',
    withDirectory(),
  ],
  [
    'directory later, a heartbeat succeeded before it',
    of({ directory: hourMs, heartbeat: 'Success' }, succeeded(hourMs / 2)),
    'warn',
    'no heartbeat since shows that the secret has it',
    withDirectory(),
  ],
  [
    'directory later, a success of unknown time',
    of({ directory: hourMs, heartbeat: 'Success' }),
    'warn',
    'no heartbeat since shows',
    withDirectory(),
  ],
  ['directory later, no heartbeat', of({ directory: hourMs }), 'warn', 'no heartbeat since', withDirectory()],
  [
    'secret later, heartbeat succeeded since',
    of({ vault: hourMs, heartbeat: 'Success' }, succeeded(2 * hourMs)),
    'pass',
    'A heartbeat succeeded at 2026-11-21T04:00Z',
    withDirectory(),
  ],
  [
    'secret later, heartbeat success of unknown time',
    of({ vault: hourMs, heartbeat: 'Success' }),
    'pass',
    'The last heartbeat is Success',
    withDirectory(),
  ],
  [
    'secret later, its success is older than the change',
    of({ vault: hourMs, heartbeat: 'Success' }, succeeded(0)),
    'warn',
    'no heartbeat since shows that the directory has it',
    withDirectory(),
  ],
  [
    'secret later, heartbeat failed',
    of({ vault: hourMs, heartbeat: 'AccessDenied' }),
    'fail',
    "The secret's password was changed at 2026-11-21T03:00Z (CHANGE PASSWORD), after that of scanadmin",
    withDirectory(),
  ],
  ['secret later, no heartbeat', of({ vault: hourMs }), 'warn', 'no heartbeat since shows', withDirectory()],
  ['must be changed first', of({ directory: null }), 'skipped', 'must be changed first', withDirectory()],
  [
    'no such account',
    { ...of({}), targetAccount: { name: 'scanadmin', found: null } },
    'skipped',
    'has no account scanadmin',
    withDirectory(),
  ],
  ['the directory not read', { ...of({}), targetAccount: gap }, 'unknown', gap.gap.detail, withDirectory()],
  ['the trail not read', { ...of({}), secretPassword: gap }, 'unknown', gap.gap.detail, withDirectory()],
  ['the secret not read', { ...of({}), secret: gap }, 'unknown', gap.gap.detail, withDirectory()],
  [
    'must be changed first, and nothing else is known',
    { ...of({ directory: null }), secretPassword: gap, secret: gap },
    'skipped',
    'must be changed first',
    withDirectory(),
  ],
  ['no directory', of({}), 'skipped', 'No directory is configured.'],
  ['a secret that is not named', of({}), 'skipped', 'names no directory account', withDirectory({})],
]);
