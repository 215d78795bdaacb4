import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageHandle } from '../domain/destination.ts';
import { hourMs } from '../domain/instant.ts';
import type { Pace, Turn } from '../ports/pace.ts';
import type { Letter, Posted } from './posting.ts';

/** A wait this short is waited out here; a longer one is the queue's, so that a busy channel keeps no worker. */
const waitedHereMs = 1_200;

/**
 * Sends when it is this message's turn in its lane: the oldest first, about one a second
 * (docs.slack.dev/apis/web-api/rate-limits). While Slack asks to wait, fails or does not answer, those behind it wait as
 * well, so that a channel reads in the order in which things happened; other lanes go on.
 */
export async function paced<P extends Posted>(
  pace: Pace,
  turn: Turn,
  send: () => Promise<P>,
): Promise<P | Extract<Posted, { outcome: 'later' }>> {
  // Who is patient waits elsewhere: workers that sleep over lines are lacking for cards.
  let leftMs = turn.patient ? 0 : waitedHereMs;
  let waitMs = await pace.ask(turn);
  while (waitMs > 0 && waitMs <= leftMs) {
    await sleep(waitMs);
    leftMs -= waitMs;
    waitMs = await pace.ask(turn);
  }
  if (waitMs > 0)
    return { outcome: 'later', afterMs: waitMs, reason: 'other messages of this channel come first' };
  const sent = await send();
  if (sent.outcome === 'later') return { ...sent, afterMs: await pace.failed(turn, sent.afterMs) };
  await pace.done(turn);
  return sent;
}

/** The turn of a new message in its channel, by the age of what it tells. */
export function turnOf(channel: string, { id, createdAt }: Letter): Turn {
  return { lane: channel, place: id, since: createdAt };
}

/** What calls nobody lets everything else go first that is not an hour younger: a name in the channel is worth more. */
const givesWayMs = hourMs;

export function patientTurnOf(channel: string, letter: Letter): Turn {
  return { ...turnOf(channel, letter), since: letter.createdAt + givesWayMs, patient: true };
}

/**
 * Edits are no new messages: they have a lane of their own for each channel. What is edited stands, and waits in the
 * channel's line no more: its process may have died before it said so.
 */
export async function pacedEdit(
  pace: Pace,
  { channel }: MessageHandle,
  letter: Letter,
  send: () => Promise<Posted>,
): Promise<Posted> {
  const turn = turnOf(channel, letter);
  await pace.done(turn);
  return paced(pace, { ...turn, lane: `edit ${channel}` }, send);
}
