import { secretComment } from '../../../src/checks/secret/secret-comment.ts';
import { gap, itJudges, secret } from '../../given.ts';

const rule = (comment: boolean, ticket: boolean) => ({ secret: secret(), commentRule: { comment, ticket } });

itJudges(secretComment, [
  ['neither', rule(false, false), 'pass', 'Neither a comment nor a ticket number'],
  ['a comment', rule(true, false), 'fail', '“scanadmin” demands a comment before'],
  [
    'a comment, by the search alone',
    { secret: secret({ requiresComment: true }), commentRule: gap },
    'fail',
    'demands a comment',
  ],
  ['a ticket', rule(false, true), 'fail', 'demands a ticket number'],
  ['both', rule(true, true), 'fail', 'demands a comment and a ticket number'],
  ['the ticket rule is unread', { secret: secret(), commentRule: gap }, 'unknown', gap.gap.detail],
  ['the secret is not known', { secret: gap }, 'unknown', gap.gap.detail],
]);
