import { z } from 'zod';
import { Instant } from '../instant.ts';
import { told } from '../told.ts';

/** A person behind a subscriber: whether an alert by e-mail can reach them. */
export const Recipient = z.strictObject({ name: z.string(), enabled: z.boolean(), hasEmail: z.boolean() });
export type Recipient = z.infer<typeof Recipient>;

/** An event that a subscription listens for. `itemId`: the user or group meant; null where it speaks of all. */
export const SubscribedEvent = z.strictObject({
  event: z.enum(['lockout', 'login-failure', 'other']),
  condition: z.enum(['all', 'user', 'group', 'other']),
  itemId: z.int().nullable(),
});
export type SubscribedEvent = z.infer<typeof SubscribedEvent>;

export const EventSubscription = z.strictObject({
  name: z.string(),
  events: z.array(SubscribedEvent),
  subscribers: z.array(z.strictObject({ name: z.string(), people: told(z.array(Recipient)) })),
});
export type EventSubscription = z.infer<typeof EventSubscription>;

/** The active subscriptions that speak of logins or lockouts. Null: alerts by e-mail are not expected here. */
export const EventSubscriptions = z.array(EventSubscription).nullable();
export type EventSubscriptions = z.infer<typeof EventSubscriptions>;

/** An active rule of the inbox. `about`: what it is limited to, in its own words; empty for everything. */
export const InboxRule = z.strictObject({
  name: z.string(),
  sendsEmail: z.boolean(),
  about: z.array(z.string()),
});
export type InboxRule = z.infer<typeof InboxRule>;

/** Null: alerts by e-mail are not expected here. */
export const InboxRules = z.array(InboxRule).nullable();
export type InboxRules = z.infer<typeof InboxRules>;

/** Where events are forwarded to. Null: forwarding is not expected here. */
export const SyslogForwarding = z
  .strictObject({
    enabled: z.boolean(),
    server: z.string().nullable(),
    port: z.int().nullable(),
    /** The vendor's word: UDP, TCP or Secure TCP. */
    protocol: z.string().nullable(),
  })
  .nullable();
export type SyslogForwarding = z.infer<typeof SyslogForwarding>;

/** The event of this Secret Server that was received last, `event` null: none ever. Null: no Redis in this run. */
export const LastEvent = z
  .strictObject({ event: z.strictObject({ at: Instant, kind: z.string() }).nullable() })
  .nullable();
export type LastEvent = z.infer<typeof LastEvent>;
