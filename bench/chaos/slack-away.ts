import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';
import { completeness, lockAll } from './load.ts';
import { openPlace, type Place } from './place.ts';
import { exactly, type Scenario } from './scenario.ts';
import { settled } from './told.ts';

const accounts = 30;
const secondsAway = 60;

/** One after another, each for its share of the time. */
const faults: readonly Fault[] = [
  { method: '*', kind: 'ratelimited', retryAfterS: 2 },
  { method: '*', kind: 'server-error', status: 503 },
  { method: '*', kind: 'hang' },
];

export const slackAway: Scenario = {
  name: 'slack',
  title: 'Slack answers 429, then 503, then nothing, and closes the socket, while accounts lock',
  async run({ seconds, history, tell }) {
    const place = await openPlace({ accounts, accountsEach: 1, history });
    const awayMs = (seconds ?? secondsAway) * 1_000;
    try {
      const locking = lockAll(place, awayMs);
      await misbehave(place, awayMs, tell);
      const sender = await locking;
      const told = await settled(place, 240_000);
      sender.close();
      const outOfOrder = await misplaced(place);
      return [...completeness(told, 0), exactly('cards out of order in their channel', 0, outOfOrder)];
    } finally {
      await place.close();
    }
  },
};

async function misbehave({ slack }: Place, awayMs: number, tell: (line: string) => void): Promise<void> {
  for (const fault of faults) {
    const mend = slack.faults.add(fault);
    tell(`Slack: ${fault.kind}`);
    slack.sockets.cut();
    await wait(awayMs / faults.length);
    mend();
  }
  // What hangs stays so: the callers' own time-outs must end it.
  tell('Slack answers again');
}

/** Cards that stand after one whose incident opened later. */
async function misplaced({ incidents, slack }: Place): Promise<number> {
  const opened = await Promise.all(
    slack
      .messages('alerts')
      .filter(({ thread }) => thread === undefined)
      .map(async (card) => (await incidents.load(aboutOf(card)))?.openedAt ?? 0),
  );
  return opened.filter((at, place) => place > 0 && at < Math.max(...opened.slice(0, place))).length;
}

function aboutOf({ metadata }: Message): string {
  const payload = (metadata?.['event_payload'] ?? {}) as { id?: string };
  return payload.id ?? '';
}
