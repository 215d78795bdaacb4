import { secretDoublelock } from '../../../src/checks/secret/secret-doublelock.ts';
import { gap, itJudges, secret } from '../../given.ts';

itJudges(secretDoublelock, [
  ['off', { secret: secret() }, 'pass', 'DoubleLock is off on “scanadmin” (id 42)'],
  [
    'on',
    { secret: secret({ doubleLock: true }) },
    'fail',
    'DoubleLock (QuantumLock) is on for “scanadmin” (id 42): nothing can give',
  ],
  ['the secret is not known', { secret: gap }, 'unknown', gap.gap.detail],
]);
