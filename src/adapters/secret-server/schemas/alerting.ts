import { z } from 'zod';
import type { InboxRule, Recipient, SubscribedEvent } from '../../../domain/evidence/alerts.ts';
import type { EventSubscriptionRead } from '../../../ports/vault.ts';
import { idOrNull, words, wordsOrNull } from './shapes.ts';

export const SubscriptionRow = z.object({ eventSubscriptionId: z.int(), active: z.boolean() });

/** The ids of the vendor's syslog list. That subscriptions use the same is inferred, so names go first. */
const idsOfEvents: Readonly<Record<number, SubscribedEvent['event']>> = { 4: 'lockout', 18: 'login-failure' };

const conditions: Readonly<Record<string, SubscribedEvent['condition']>> = {
  all: 'all',
  user: 'user',
  group: 'group',
};

const EntityAction = z
  .object({
    eventEntityType: words,
    eventActionId: z.int(),
    eventActionDisplayName: words,
    conditionType: words,
    itemId: idOrNull,
  })
  .transform(
    ({ eventEntityType, eventActionId, eventActionDisplayName, conditionType, itemId }): SubscribedEvent => ({
      event: /^users?$/i.test(eventEntityType) ? eventOf(eventActionDisplayName, eventActionId) : 'other',
      condition: conditions[conditionType.toLowerCase()] ?? 'other',
      itemId,
    }),
  );

function eventOf(name: string, id: number): SubscribedEvent['event'] {
  const plain = name.replaceAll(/[\s_-]/g, '').toLowerCase();
  if (/^(user)?loginfail(ure|ed)$/.test(plain)) return 'login-failure';
  if (/^(user)?lock(ed)?out$/.test(plain)) return 'lockout';
  return plain === '' ? (idsOfEvents[id] ?? 'other') : 'other';
}

export const Subscription = z
  .object({
    subscriptionName: words,
    entityActions: z.array(EntityAction),
    subscribers: z.array(z.object({ groupId: z.int(), displayName: words, isGroup: z.boolean() })),
  })
  .transform(
    ({ subscriptionName, entityActions, subscribers }): EventSubscriptionRead => ({
      name: subscriptionName,
      events: entityActions,
      subscribers: subscribers.map(({ groupId, displayName, isGroup }) => ({
        groupId,
        name: displayName,
        isGroup,
      })),
    }),
  );

/** A user of the search, as far as alerts go. */
export const Mailbox = z
  .object({ id: z.int(), displayName: words, enabled: z.boolean(), emailAddress: wordsOrNull })
  .transform(({ id, displayName, enabled, emailAddress }): Recipient & { id: number } => ({
    id,
    name: displayName,
    enabled,
    hasEmail: emailAddress !== null,
  }));

export const InboxRuleRow = z.object({ inboxRuleId: z.int(), active: z.boolean() });

/** What a condition holds on to is a text, or the id of something with a text to show. */
const Condition = z
  .object({ displayValue: words, valueString: words })
  .transform(({ displayValue, valueString }) => displayValue || valueString);

export const InboxRuleDetail = z
  .object({ name: words, sendEmail: z.boolean(), conditions: z.array(Condition).nullish() })
  .transform(
    ({ name, sendEmail, conditions: all }): InboxRule => ({
      name,
      sendsEmail: sendEmail,
      about: all ?? [],
    }),
  );
