import { secretApproval } from '../../../src/checks/secret/secret-approval.ts';
import type { AccessLevel } from '../../../src/domain/evidence/secret.ts';
import { access, gap, itJudges, perAccount, qualys, second, secret, user } from '../../given.ts';

const rule = (editorsAlso: boolean, ownersAlso: boolean) => ({
  approvalRule: { required: true, editorsAlso, ownersAlso },
});
const of = (level: AccessLevel, more: object = {}) => ({
  secret: secret({ requiresApproval: true }),
  ...rule(false, false),
  approvalForced: false,
  secretAccess: [access({ level })],
  scanUsers: perAccount([qualys, user()]),
  scanUserGroups: perAccount([qualys, []]),
  ...more,
});
const noGroups = { scanUserGroups: gap };

itJudges(secretApproval, [
  ['not required', { secret: secret() }, 'pass', 'does not require approval'],
  [
    'required by its own settings, which the search does not know yet',
    { ...of('view'), secret: secret() },
    'fail',
    'is not exempt',
  ],
  [
    'required, View',
    of('view'),
    'fail',
    'CORP\\svc-qualys (View by CORP\\svc-qualys (from the folder)) is not exempt. Approvers cannot be read; one would be exempt',
  ],
  ['an owner, exempt', of('owner'), 'pass', 'CORP\\svc-qualys is exempt from approval'],
  ['an owner, owners need approval too', of('owner', rule(false, true)), 'fail', 'is not exempt'],
  ['an editor, exempt', of('edit'), 'pass', 'is exempt from approval'],
  ['an editor, editors need approval too', of('edit', rule(true, false)), 'fail', 'is not exempt'],
  ['an owner where only editors need approval', of('owner', rule(true, false)), 'pass', 'is exempt'],
  ['forced for everybody', of('owner', { approvalForced: true }), 'fail', 'approval is forced for everybody'],
  [
    'forced for everybody, access unread',
    of('owner', { approvalForced: true, secretAccess: gap }),
    'fail',
    'forced for everybody',
  ],
  [
    'nobody is exempt, access unread',
    of('owner', { ...rule(true, true), secretAccess: gap }),
    'fail',
    'owners, approvers and editors require approval too',
  ],
  ['whether it is forced is unread', of('owner', { approvalForced: gap }), 'unknown', gap.gap.detail],
  ['whether it is forced is unread, View', of('view', { approvalForced: gap }), 'fail', 'is not exempt'],
  ['the rule is unread', of('edit', { approvalRule: gap }), 'unknown', gap.gap.detail],
  ['the rule is unread, View', of('view', { approvalRule: gap }), 'fail', 'is not exempt'],
  ['groups unread, exempt by itself', of('owner', noGroups), 'pass', 'is exempt'],
  ['groups unread, View by itself', of('view', noGroups), 'unknown', gap.gap.detail],
  ['access unread', of('view', { secretAccess: gap }), 'unknown', gap.gap.detail],
  ['users unread', of('view', { scanUsers: gap }), 'unknown', gap.gap.detail],
  [
    'one of two is not exempt',
    of('owner', {
      scanUsers: perAccount([qualys, user()], [second, user({ id: 8, personalGroupId: 80 })]),
      scanUserGroups: perAccount([qualys, []], [second, []]),
    }),
    'fail',
    'svc-qualys-2 (no access) is not exempt',
  ],
  ['the secret is not known', { secret: gap }, 'unknown', gap.gap.detail],
]);
