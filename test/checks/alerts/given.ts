import type { EventSubscription, SubscribedEvent } from '../../../src/domain/evidence/alerts.ts';
import { group, perAccount, qualys, user } from '../../given.ts';

export const event = (fields: Partial<SubscribedEvent> = {}): SubscribedEvent => ({
  event: 'lockout',
  condition: 'all',
  itemId: null,
  ...fields,
});
export const jane = { name: 'Jane Admin', enabled: true, hasEmail: true };

/** Both events, of everybody, to somebody whom e-mail reaches. */
export const subscription = (fields: Partial<EventSubscription> = {}): EventSubscription => ({
  name: 'Scan alerts',
  events: [event(), event({ event: 'login-failure' })],
  subscribers: [{ name: 'Security Admins', people: { known: [jane] } }],
  ...fields,
});

export const tcp = { enabled: true, server: 'siem.corp.example', port: 514, protocol: 'TCP' };

/** Nobody subscribed, nothing forwarded: what differs is given. */
export const told = (fields: object = {}) => ({
  eventSubscriptions: [] as EventSubscription[],
  inboxRules: [],
  scanUsers: perAccount([qualys, user()]),
  scanUserGroups: perAccount([qualys, [group()]]),
  syslogForwarding: { ...tcp, enabled: false },
  ...fields,
});
export const email = { expectEvents: 'email' } as const;
export const syslog = { expectEvents: 'syslog' } as const;
