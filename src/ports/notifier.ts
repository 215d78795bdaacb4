import type { Content, Destination } from '../domain/destination.ts';

/** One thing to tell, once. `deliveryId` is the same on every attempt: it is what makes a repeat an edit. */
export type Delivery = { deliveryId: string; content: Content; to: Destination; createdAt: number };

/**
 * What became of a delivery. `later`: the chat asked to wait, or could not be reached; the queue tries again no sooner
 * than `afterMs`. `never`: no later attempt can succeed (the channel is gone, the token is refused).
 */
export type Delivered =
  | { outcome: 'delivered' }
  | { outcome: 'nothing-to-tell' }
  | { outcome: 'later'; afterMs: number | null; reason: string }
  | { outcome: 'never'; reason: string };

/** Tells people. Renders from what is stored at that moment, so what arrives late is still true. */
export type Notifier = { deliver(delivery: Delivery): Promise<Delivered> };
