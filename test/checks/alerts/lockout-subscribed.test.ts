import { lockoutSubscribed } from '../../../src/checks/alerts/lockout-subscribed.ts';
import { gap, itJudges, perAccount, qualys } from '../../given.ts';
import { email, event, jane, subscription, tcp, told } from './given.ts';

const both = (fields: object) => [
  event({ event: 'lockout', ...fields }),
  event({ event: 'login-failure', ...fields }),
];
const of = (fields: Parameters<typeof subscription>[0], more: object = {}) =>
  told({ eventSubscriptions: [subscription(fields)], ...more });
const to = (people: object) => of({ subscribers: [{ name: 'Security Admins', people: people as never }] });
const rule = { name: 'Mail it', sendsEmail: true, about: ['Scan alerts'] };
const groupsUnread = { scanUserGroups: perAccount([qualys, gap]) };

itJudges(lockoutSubscribed, [
  ['syslog is expected', told(), 'skipped', 'expectEvents: syslog', { expectEvents: 'syslog' }],
  ['nothing is expected', told(), 'skipped', 'expectEvents: none', { expectEvents: 'none' }],
  ['all users', of({}), 'pass', '“Scan alerts” tells of CORP\\svc-qualys', email],
  ['this user', of({ events: both({ condition: 'user', itemId: 7 }) }), 'pass', 'tells of', email],
  ['its group', of({ events: both({ condition: 'group', itemId: 5 }) }), 'pass', 'tells of', email],
  ['its personal group', of({ events: both({ condition: 'group', itemId: 70 }) }), 'pass', 'tells of', email],
  ['another user', of({ events: both({ condition: 'user', itemId: 8 }) }), 'fail', 'No active event', email],
  [
    'another group',
    of({ events: both({ condition: 'group', itemId: 6 }) }),
    'fail',
    'No active event',
    email,
  ],
  ['a condition of another kind', of({ events: both({ condition: 'other' }) }), 'fail', 'No active', email],
  ['none', told(), 'fail', 'No active event subscription', email],
  ['only the lockout', of({ events: [event()] }), 'warn', 'Only the lockout of CORP\\svc-qualys', email],
  [
    'only failed logins',
    of({ events: [event({ event: 'login-failure' })] }),
    'warn',
    'not its lockout',
    email,
  ],
  [
    'by two subscriptions',
    told({
      eventSubscriptions: [
        subscription({ name: 'A', events: [event()] }),
        subscription({ name: 'B', events: [event({ event: 'login-failure' })] }),
      ],
    }),
    'pass',
    '“A”, “B” tells of',
    email,
  ],
  ['nobody subscribed to it', of({ subscribers: [] }), 'warn', 'No subscriber', email],
  ['a subscriber who is disabled', to({ known: [{ ...jane, enabled: false }] }), 'warn', 'is enabled', email],
  ['a subscriber without address', to({ known: [{ ...jane, hasEmail: false }] }), 'warn', 'e-mail', email],
  [
    'one of several can be reached',
    to({ known: [{ ...jane, enabled: false }, jane] }),
    'pass',
    'tells',
    email,
  ],
  ['subscribers unread', to(gap), 'unknown', gap.gap.detail, email],
  ['by a rule that sends e-mail', of({}, { inboxRules: [rule] }), 'pass', 'The inbox rule “Mail it”', email],
  ['a rule about another', of({}, { inboxRules: [{ ...rule, about: ['x'] }] }), 'pass', 'not proven', email],
  ['rules unread', of({}, { inboxRules: gap }), 'pass', 'Delivery is not proven', email],
  ['subscriptions unread', told({ eventSubscriptions: gap }), 'unknown', gap.gap.detail, email],
  ['users unread', of({}, { scanUsers: gap }), 'unknown', gap.gap.detail, email],
  ['no such user', of({}, { scanUsers: perAccount([qualys, null]) }), 'unknown', 'no user', email],
  [
    'groups unread, and a group is subscribed',
    of({ events: both({ condition: 'group', itemId: 5 }) }, groupsUnread),
    'unknown',
    gap.gap.detail,
    email,
  ],
  ['groups unread, and all are subscribed', of({}, groupsUnread), 'pass', 'tells of', email],
  ['groups unread, and nothing is subscribed', told(groupsUnread), 'fail', 'No active', email],

  ['either: forwarded', told({ syslogForwarding: tcp }), 'skipped', 'Covered by siem-forwarding'],
  [
    'either: forwarded, this unread',
    told({ eventSubscriptions: gap, syslogForwarding: tcp }),
    'skipped',
    'Covered',
  ],
  ['either: both pass', of({}, { syslogForwarding: tcp }), 'pass', 'tells of'],
  [
    'either: forwarded by UDP is no pass',
    told({ syslogForwarding: { ...tcp, protocol: 'UDP' } }),
    'fail',
    'No active',
  ],
  ['either: none', told(), 'fail', 'No active event subscription'],
  ['either: forwarding unread', told({ syslogForwarding: gap }), 'fail', 'No active event subscription'],
  ['e-mail: forwarding covers nothing', told({ syslogForwarding: tcp }), 'fail', 'No active', email],
]);
