import type { MessageHandle } from '../domain/destination.ts';
import type { Incident, TimelineEntry } from '../domain/incident.ts';
import type { Delivered } from './notifier.ts';

/** What a card shows: the incident, and those that stand on the same card (itself included) when many came at once. */
export type IncidentView = { incident: Incident; storm: readonly Incident[] };

/** Lines of the timeline that go out as one message of the thread. `entries` is never empty. */
export type ThreadMessage = {
  /** The same on every attempt: it is what makes a repeat find its first try. */
  deliveryId: string;
  /** Whose lines these are. Of a storm several may have the same. */
  incidents: readonly [Incident, ...Incident[]];
  /** Whether the card is of one incident: then a line need not say whose it is. */
  alone: boolean;
  card: MessageHandle;
  entries: readonly TimelineEntry[];
  /** Also into the channel: a re-fire or a higher severity. */
  broadcast: boolean;
  /** Names the configured group. */
  mention: boolean;
};

/** `handle`: where the card stands now, which is another message than before where that one was gone. */
export type CardDelivered =
  | { outcome: 'delivered'; handle: MessageHandle }
  | Exclude<Delivered, { outcome: 'delivered' }>;

/**
 * Shows incidents to people. Knows the channel (the integration's, or the common one), the words and the buttons; knows
 * nothing of order: whoever calls it does so one at a time for each incident, and never with an older version.
 */
export type IncidentNotifier = {
  /** Posts the card (`handle` null), or edits it in place. Where that message is gone, posts anew and says where. */
  card(view: IncidentView, handle: MessageHandle | null): Promise<CardDelivered>;
  thread(message: ThreadMessage): Promise<Delivered>;
};
