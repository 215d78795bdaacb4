import { siemForwarding } from '../../../src/checks/alerts/siem-forwarding.ts';
import { gap, itJudges } from '../../given.ts';
import { event, subscription, syslog, tcp, told } from './given.ts';

const to = (fields: object) => told({ syslogForwarding: { ...tcp, ...fields } });
const mailed = { eventSubscriptions: [subscription()] };

itJudges(siemForwarding, [
  ['e-mail is expected', told(), 'skipped', 'expectEvents: email', { expectEvents: 'email' }],
  ['nothing is expected', told(), 'skipped', 'expectEvents: none', { expectEvents: 'none' }],
  ['TCP', to({}), 'pass', 'Events go to siem.corp.example:514 by TCP', syslog],
  ['Secure TCP', to({ protocol: 'Secure TCP' }), 'pass', 'by Secure TCP', syslog],
  ['port untold', to({ port: null }), 'pass', 'to siem.corp.example by TCP', syslog],
  ['UDP', to({ protocol: 'UDP' }), 'warn', 'by UDP', syslog],
  ['protocol untold', to({ protocol: null }), 'unknown', 'plain UDP cannot be ruled out', syslog],
  ['off', to({ enabled: false }), 'fail', 'logging is off', syslog],
  ['no server', to({ server: null }), 'fail', 'has no server', syslog],
  ['unread', told({ syslogForwarding: gap }), 'unknown', gap.gap.detail, syslog],

  ['either: subscribed', told(mailed), 'skipped', 'Covered by lockout-subscribed'],
  ['either: subscribed, this unread', told({ ...mailed, syslogForwarding: gap }), 'skipped', 'Covered by'],
  [
    'either: UDP, and subscribed',
    told({ ...mailed, syslogForwarding: { ...tcp, protocol: 'UDP' } }),
    'skipped',
    'Covered by',
  ],
  [
    'either: subscribed to one of two is no pass',
    told({ eventSubscriptions: [subscription({ events: [event()] })] }),
    'fail',
    'is off',
  ],
  ['either: both pass', told({ ...mailed, syslogForwarding: tcp }), 'pass', 'Events go to'],
  ['either: none', told(), 'fail', 'is off'],
  ['syslog: a subscription covers nothing', told(mailed), 'fail', 'is off', syslog],
]);
