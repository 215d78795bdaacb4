import type { Instant } from '../domain/instant.ts';

/** A time through which one listener of ours took events and could hand them in. */
export type ListeningSpan = { since: Instant; until: Instant };

/** When listeners of ours were there. What was not heard at another time, nobody was there to hear. */
export type Listening = {
  /** `id` names the span while it grows. Spans that ended days ago are forgotten. */
  save(id: string, span: ListeningSpan): Promise<void>;
  spans(): Promise<ListeningSpan[]>;
};
