import { namesUnique } from '../../../src/checks/practice/names-unique.ts';
import { gap, itJudges } from '../../given.ts';

itJudges(namesUnique, [
  ['not allowed', { duplicateNamesAllowed: false }, 'pass', 'Duplicate secret names are not allowed'],
  ['allowed', { duplicateNamesAllowed: true }, 'warn', 'Duplicate secret names are allowed'],
  ['unread', { duplicateNamesAllowed: gap }, 'unknown', gap.gap.detail],
]);
