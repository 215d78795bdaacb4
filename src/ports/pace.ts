/**
 * How fast something may be sent, shared by all processes: a vendor counts over all of us. Each lane is by itself, so
 * that one that must wait holds up no other.
 */
export type Pace = {
  /**
   * How long to wait before sending, in milliseconds; 0: now. With `place`, the first to ask is the first to send: the
   * same `place` asked again keeps its turn until it is `done`. Without one, only what nobody waits for is taken.
   */
  waitMs(lane: string, place: string | null): Promise<number>;
  /** It was sent, or never will be. */
  done(lane: string, place: string): Promise<void>;
  /** The vendor asked this lane to wait: all that stand in it move behind the pause, in their order. */
  hold(lane: string, forMs: number): Promise<void>;
};
