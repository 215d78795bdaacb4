import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { cefLine } from '../../src/sandbox/secret-server/event-sender.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import type { WorldEvent } from '../../src/sandbox/secret-server/world/trail.ts';
import { onEvent } from '../../src/sandbox/secret-server/world/world.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';
import type { SlackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import type { Place } from '../chaos/place.ts';

/** Locks an account in the simulated vault; the one line of the lockout itself, as it goes over the wire. */
export function lockoutLine({ vault: { world } }: Pick<Place, 'vault'>, account: string): string {
  const events: WorldEvent[] = [];
  const stop = onEvent(world, (event) => void events.push(event));
  lockOut(world, account, corp.applianceAddress);
  stop();
  const lockout = events.find(({ eventId }) => String(eventId) === '4') ?? events.at(-1);
  if (!lockout) throw new Error(`Nothing was sent of a lockout of ${account}.`);
  return `${cefLine(lockout, { host: 'VAULT01', version: world.settings.version })}\n`;
}

/** A connection as Secret Server keeps one: open, and without delay. */
export async function openSender(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

/** What stands in the channel, cards as people see them. */
export function shownText(slack: SlackWorkspace, channel = 'alerts'): string {
  return JSON.stringify(topLevel(slack, channel).map(({ text, blocks }) => [text, blocks]));
}

/** When the first message that names this came to Slack, in milliseconds since 1970. Null: not yet. */
export function postedAt(slack: SlackWorkspace, name: string, channel = 'alerts'): number | null {
  const found = topLevel(slack, channel).find(({ text, blocks }) =>
    JSON.stringify([text, blocks]).includes(name),
  );
  return found ? Number(found.ts) * 1_000 : null;
}

/** Messages of lockouts alone: the summary of a first look names accounts as well. */
function topLevel(slack: SlackWorkspace, channel: string): Message[] {
  return slack
    .messages(channel)
    .filter(({ thread, text }) => thread === undefined && /locked out/i.test(text));
}

/** Waits until it holds; false when it does not within the time. */
export async function holds(what: () => boolean, withinMs: number, everyMs = 25): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  while (performance.now() < giveUpAt) {
    if (what()) return true;
    await wait(everyMs);
  }
  return what();
}

/** Waits until the channel says nothing new: what a start tells of itself is over then. */
export async function quiet(slack: SlackWorkspace, forMs = 5_000, channel = 'alerts'): Promise<void> {
  let [count, since] = [-1, performance.now()];
  while (performance.now() - since < forMs) {
    const now = slack.messages(channel).length;
    if (now !== count) [count, since] = [now, performance.now()];
    await wait(250);
  }
}

/** The name of an account without its domain. */
export const bareName = (account: string) => account.split('\\').at(-1) ?? account;
