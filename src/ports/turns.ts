/**
 * One at a time, over all processes that share the store: for a limit that a vendor counts over all of us. A turn
 * ends with the work, or by itself some seconds after its holder died.
 */
export type Turns = {
  /**
   * Waits for the turn, then does the work. `lost` aborts when the turn has run out under the work (the process stood
   * still), since somebody else may have it by then. Throws the reason of `signal` to who gave up waiting.
   */
  hold<T>(key: string, signal: AbortSignal, work: (lost: AbortSignal) => Promise<T>): Promise<T>;
};

/** The same without waiting: for work that whoever has the turn does for all. */
export type FreeTurns = {
  /** Does the work when nobody else is at it; null where somebody is. `lost` as in `Turns`. */
  take<T>(key: string, work: (lost: AbortSignal) => Promise<T>): Promise<T | null>;
};
