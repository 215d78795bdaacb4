import { randomBytes } from 'node:crypto';
import { QueueUnavailable } from '../queue/jobs.ts';
import type { View } from './blocks.ts';
import type { Log } from './options.ts';
import { sentence } from './render/answer.ts';

/**
 * Where one request is answered. `ack` counts once, however often it is called, and never rejects: a socket that is
 * gone takes no acknowledgement, and Slack then sends the envelope again.
 */
export type Surface = {
  ack(payload?: object): Promise<void>;
  /** Shows words to the person. */
  tell(view: View): Promise<void>;
  /** Acknowledges before the work is done, when Slack would not wait for it. */
  late(): Promise<void>;
};

/** Slack waits 3 seconds. Source: docs.slack.dev/interactivity/handling-user-interaction. */
const ackAtLatestMs = 2600;

type RawAck = (payload?: never) => Promise<unknown>;

/** A safe acknowledgement. `acknowledged` hears the time it took from `startedMs`. */
export function safeAck(
  ack: RawAck,
  log: Log,
  acknowledged: () => void,
): Surface['ack'] & { done(): boolean } {
  let done = false;
  async function once(payload?: object): Promise<void> {
    if (done) return;
    done = true;
    try {
      await ack(payload as never);
      acknowledged();
    } catch (error) {
      log.warn({ error: nameOf(error) }, 'Slack took no acknowledgement');
    }
  }
  return Object.assign(once, { done: () => done });
}

/** Does the work and always answers: with its own words, or with what went wrong and what to do. Never rejects. */
export async function answered(surface: Surface, log: Log, work: () => Promise<void>): Promise<void> {
  const timer = setTimeout(() => void surface.late(), ackAtLatestMs);
  try {
    await work();
  } catch (error) {
    await surface.tell(sentence(wordsFor(error, log))).catch(() => undefined);
  } finally {
    clearTimeout(timer);
    await surface.ack();
  }
}

function wordsFor(error: unknown, log: Log): string {
  if (error instanceof QueueUnavailable) {
    log.warn({}, 'The queue took no job from Slack');
    return 'The queue cannot be reached, so nothing was started. Try again in a minute; if it stays so, tell whoever runs Vaultcheck.';
  }
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, error: nameOf(error), stack: stackOf(error) }, 'A request from Slack failed');
  return `That did not work: a fault in Vaultcheck. Try again; if it stays so, tell whoever runs it this reference: ${reference}.`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Where it happened, without the message: that one may quote what somebody typed. */
function stackOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}
