import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from '../ports/pace.ts';
import type { Posted } from './posting.ts';

/** A wait this short is waited out here; a longer one is the queue's, so that a busy channel keeps no worker. */
const waitedHereMs = 1_200;

/** `place`: keeps its turn among others that wait; null gives way to all of them. */
export type Turn = { lane: string; place: string | null };

/**
 * Sends when the lane of the channel allows it, about one message a second
 * (docs.slack.dev/apis/web-api/rate-limits). When Slack asks to wait, this lane waits and no other.
 */
export async function paced<P extends Posted>(
  pace: Pace,
  { lane, place }: Turn,
  send: () => Promise<P>,
): Promise<P | Extract<Posted, { outcome: 'later' }>> {
  const waitMs = await pace.waitMs(lane, place);
  if (waitMs > waitedHereMs) return busy(waitMs);
  if (waitMs > 0) {
    await sleep(waitMs);
    const again = await pace.waitMs(lane, place);
    if (again > 0) return busy(again);
  }
  const sent = await send();
  if (sent.outcome === 'later' && sent.afterMs !== null) await pace.hold(lane, sent.afterMs);
  else if (place !== null) await pace.done(lane, place);
  return sent;
}

function busy(afterMs: number) {
  return { outcome: 'later', afterMs, reason: 'other messages of this channel come first' } as const;
}
