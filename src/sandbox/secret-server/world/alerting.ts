export type Condition = 'All' | 'User' | 'Group' | 'Secret' | 'InFolder';

/** One event that a subscription listens for, by the ids of the syslog event list. */
export type SubscribedEvent = {
  entity: 'User' | 'Secret' | 'Configuration' | 'Folder';
  eventId: number;
  displayName: string;
  condition: Condition;
  /** The user, group, secret or folder meant; null with `All`. */
  itemId: number | null;
  itemName: string | null;
};

/** A subscriber is a group; a single person is present as their personal group. */
export type Subscriber = { groupId: number; displayName: string; isGroup: boolean };

export type EventSubscription = {
  id: number;
  name: string;
  active: boolean;
  events: SubscribedEvent[];
  subscribers: Subscriber[];
};

export type InboxRule = {
  id: number;
  name: string;
  active: boolean;
  isSystem: boolean;
  isImmediate: boolean;
  sendEmail: boolean;
  sendSlack: boolean;
  /** The subscription it speaks of, as condition text; the vendor's way to link them is not documented. */
  condition: string | null;
  subscribers: Subscriber[];
};
