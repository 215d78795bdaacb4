import type { Profile } from '../profile.ts';
import { accessDenied, ok } from '../replies.ts';
import type { EventSubscription, InboxRule, SubscribedEvent } from '../world/alerting.ts';
import { events } from '../world/record.ts';
import { paged } from './paging.ts';
import { type Answer, type Ask, isOn, type Route } from './route.ts';

type Row = Record<string, unknown>;

const subscriptions: Answer = (ask) =>
  paged(
    ask,
    ask.world.subscriptions
      .filter(({ active }) => active || isOn(ask, 'includeInactive'))
      .map(({ id, name, active }) => ({ eventSubscriptionId: id, name, active })),
    ['includeInactive'],
  );

const subscription: Answer = (ask) => {
  const one = ask.world.subscriptions.find(({ id }) => id === ask.ids[0]);
  return one ? ok(subscriptionModel(ask, one)) : accessDenied;
};

/** There is no flag for sending: delivery hangs on inbox rules. */
const subscriptionModel = (ask: Ask, one: EventSubscription): Row => ({
  eventSubscriptionId: one.id,
  subscriptionName: one.name,
  active: one.active,
  eventSeverity: 1,
  inboxExpiration: 30,
  subscribers: one.subscribers.map((subscriber) => ({ ...subscriber })),
  entityActions: one.events.map((event, at) => entityAction(ask, event, at)),
});

const entityAction = (ask: Ask, event: SubscribedEvent, at: number): Row => ({
  id: at + 1,
  eventEntityType: event.entity,
  eventEntityTypeDisplayName: event.entity,
  eventActionId: event.eventId,
  eventActionDisplayName: event.displayName,
  conditionType: event.condition,
  itemId: event.itemId ?? ask.profile.absentId,
  itemName: event.itemName,
  containerId: ask.profile.absentId,
  containerName: null,
  includeSubcontainers: false,
});

/** The ids of the syslog list; display names are what a reader should go by. */
const eventTypes: Answer = () =>
  ok(
    (['User', 'Secret', 'Configuration', 'Folder'] as const).map((entity) => ({
      id: entity,
      entity,
      displayName: entity,
      conditionTypeOptions: [
        { optionId: 1, optionName: 'All' },
        { optionId: 2, optionName: entity },
      ],
      actions: Object.values(events)
        .filter((event) => event.entity === entity.toUpperCase())
        .map(({ eventId, actionDisplay }) => ({
          eventActionId: eventId,
          displayName: actionDisplay,
          conditions: entity === 'User' ? ['All', 'User', 'Group'] : ['All'],
        })),
    })),
  );

const rules: Answer = (ask) =>
  paged(
    ask,
    ask.world.inboxRules
      .filter(({ active }) => active || isOn(ask, 'includeInactive'))
      .map((rule) => ({
        inboxRuleId: rule.id,
        inboxRuleName: rule.name,
        active: rule.active,
        isSystem: rule.isSystem,
        digest: !rule.isImmediate,
        currentUserSubscribed: false,
        notificationTypes: ['Event Subscription'],
        usageCount: 1,
      })),
    ['includeInactive', 'isImmediate', 'messageTypeId'],
  );

function withRule(answer: (ask: Ask, rule: InboxRule) => Row | undefined): Answer {
  return (ask) => {
    const rule = ask.world.inboxRules.find(({ id }) => id === ask.ids[0]);
    const body = rule && answer(ask, rule);
    return body ? ok(body) : accessDenied;
  };
}

const ruleModel = (_: Ask, rule: InboxRule): Row => ({
  inboxRuleId: rule.id,
  name: rule.name,
  active: rule.active,
  isSystem: rule.isSystem,
  isImmediate: rule.isImmediate,
  sendEmail: rule.sendEmail,
  sendSlack: rule.sendSlack,
  highPriority: false,
  canEditOwnSubscription: false,
  createdByUserId: 1,
  inboxEmailTemplateId: null,
  inboxSlackTemplateId: null,
  recurringScheduleId: null,
  inboxMessageTypes: [
    { inboxMessageTypeId: 1, inboxMessageTypeName: 'Event Subscription', notificationCount: 1 },
  ],
  conditions: rule.condition === null ? [] : [condition(rule, rule.condition)],
});

const condition = ({ id }: InboxRule, text: string): Row => ({
  inboxRuleConditionId: id,
  inboxDataId: 1,
  inboxDataName: 'Event Subscription',
  inboxDataType: 'String',
  inboxRuleOperand: 'Equals',
  displayValue: text,
  valueString: text,
  valueBool: null,
  valueInt: null,
  valueDateTime: null,
});

const ruleSubscribers: Answer = (ask) => {
  const rule = ask.world.inboxRules.find(({ id }) => id === ask.ids[0]);
  if (!rule) return accessDenied;
  const rows = rule.subscribers.map(({ groupId, displayName, isGroup }, at) => ({
    inboxRuleSubscribersId: at + 1,
    groupId,
    displayName,
    isGroup,
    subscribed: true,
    domainId: -1,
    domainName: null,
    emailAddress: null,
    inboxRuleAdditionalEmailId: null,
  }));
  return paged(ask, rows);
};

const needs = ['View Event Subscriptions'];
const generations: Profile['generation'][] = ['11.2', '2026'];

/** Which permission inbox rules need is not known: any login will do here. 10.9 has no inbox. */
export const alertingRoutes: Route[] = [
  { path: '/v1/event-subscriptions', needs, answer: subscriptions },
  { path: '/v1/event-subscriptions/event-types', needs, answer: eventTypes },
  { path: '/v1/event-subscriptions/{id}', needs, answer: subscription },
  { path: '/v1/inbox-rules', generations, answer: rules },
  { path: '/v1/inbox-rules/{id}', generations, answer: withRule(ruleModel) },
  {
    path: '/v1/inbox-rules/{id}/conditions',
    generations,
    answer: withRule((_, rule) => (rule.condition === null ? undefined : condition(rule, rule.condition))),
  },
  { path: '/v1/inbox-rules/{id}/subscribers', generations, answer: ruleSubscribers },
];
