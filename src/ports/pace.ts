import type { Instant } from '../domain/instant.ts';

/**
 * Something that waits to be sent. `place` is the same on every attempt; the older `since` goes first. `patient`: takes
 * only what nobody else needs, so that what is urgent never finds the lane used up by it.
 */
export type Turn = { lane: string; place: string; since: Instant; patient?: boolean };

/**
 * The order and the pace in which things are sent, shared by all processes: a vendor counts over all of us. In a lane
 * one thing is on its way at a time, the oldest first, and what fails is tried again before anything behind it is.
 * Each lane is by itself, so that one that must wait holds up no other. Nothing blocks a lane for ever: who does not come
 * for its turn is passed over, and what goes on failing while others would pass steps aside.
 */
export type Pace = {
  /**
   * How long to wait before asking again, in milliseconds. 0: send now; nobody else of this lane will, until `done` or
   * `failed` is told, or the sender has been silent for longer than any sending lasts.
   */
  ask(turn: Turn): Promise<number>;
  /** The vendor took it or refused it for good. */
  done(turn: Turn): Promise<void>;
  /**
   * It was not sent, and keeps its place. `toldMs`: as long as the vendor asked this lane to wait; null where it did not
   * say: then longer with each failure. Returns how long to wait before asking again.
   */
  failed(turn: Turn, toldMs: number | null): Promise<number>;
};
