import { secretViewed } from '../../../src/checks/secret/secret-viewed.ts';
import type { SecretAuditRow } from '../../../src/domain/evidence/secret.ts';
import { dayMs, hourMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges, perAccount, qualys, second, user, viewRow } from '../../given.ts';

const of = (...rows: SecretAuditRow[]) => ({ secretAudit: rows, scanUsers: perAccount([qualys, user()]) });
const none = 'No scan account has viewed “scanadmin” since 2026-11-17T02:00Z';

itJudges(secretViewed, [
  ['a view', of(viewRow()), 'pass', 'CORP\\svc-qualys viewed “scanadmin” at 2026-11-23T14:00Z (VIEW)'],
  [
    'a displayed password',
    of(viewRow({ action: 'password-displayed', text: 'WEBSERVICE PASSWORD DISPLAYED' })),
    'pass',
    'WEBSERVICE PASSWORD DISPLAYED',
  ],
  [
    'the latest of several',
    of(viewRow({ at: at - 3 * hourMs }), viewRow({ at: at - 2 * hourMs })),
    'pass',
    'at 2026-11-24T00:00Z',
  ],
  ['another spelling of the account', of(viewRow({ username: 'svc-qualys@corp.example' })), 'pass', 'viewed'],
  [
    'a view by the second account',
    of(viewRow({ username: 'svc-qualys-2' })),
    'pass',
    'svc-qualys-2 viewed',
    { scanAccounts: [qualys, second] },
  ],
  [
    'a name without its domain, display name agrees',
    of(viewRow({ username: 'svc-qualys' })),
    'pass',
    'viewed',
  ],
  ['a local namesake', of(viewRow({ username: 'svc-qualys', displayName: 'Somebody' })), 'warn', none],
  [
    'a name without its domain, users unread',
    { ...of(viewRow({ username: 'svc-qualys' })), scanUsers: gap },
    'warn',
    none,
  ],
  ['no view', of(), 'warn', none],
  ['a view by somebody else', of(viewRow({ username: 'CORP\\anna' })), 'warn', none],
  ['another action', of(viewRow({ action: 'checked-out' })), 'warn', none],
  ['a view before the window', of(viewRow({ at: at - 8 * dayMs })), 'warn', none],
  ['the audit is unread', { secretAudit: gap }, 'unknown', gap.gap.detail],
]);
