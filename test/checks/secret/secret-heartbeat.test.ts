import { secretHeartbeat } from '../../../src/checks/secret/secret-heartbeat.ts';
import { gap, itJudges, secret } from '../../given.ts';

const of = (heartbeat: string, outOfSyncReason?: string) => ({
  secret: secret({
    heartbeat,
    outOfSync: outOfSyncReason !== undefined,
    outOfSyncReason: outOfSyncReason ?? '',
  }),
});

itJudges(secretHeartbeat, [
  ['Success', of('Success'), 'pass', 'The last heartbeat of “scanadmin” is Success'],
  ['Failed', of('Failed'), 'fail', 'is Failed: its password does not work'],
  ['AccountLockedOut', of('AccountLockedOut'), 'fail', 'is AccountLockedOut'],
  ['AccessDenied', of('AccessDenied'), 'fail', 'is AccessDenied'],
  ['Disabled', of('Disabled'), 'skipped', 'disabled'],
  ['Pending', of('Pending'), 'skipped', 'in progress'],
  ['Processing', of('Processing'), 'skipped', 'in progress'],
  [
    'UnableToConnect',
    of('UnableToConnect'),
    'warn',
    'is UnableToConnect: whether its password works was not found out',
  ],
  ['a word that nobody knows', of('DnsMismatch'), 'warn', 'is DnsMismatch'],
  ['no word', of(''), 'warn', 'is empty'],
  [
    'out of sync, with the reason',
    of('Success', 'Password change failed'),
    'warn',
    '“scanadmin” is out of sync: Password change failed.',
  ],
  ['out of sync, heartbeat disabled', of('Disabled', ''), 'warn', '“scanadmin” is out of sync.'],
  ['out of sync and failed', of('Failed', 'x'), 'fail', 'on the target. “scanadmin” is out of sync: x.'],
  ['the secret is not known', { secret: gap }, 'unknown', gap.gap.detail],
]);
