import type { Message } from '../../src/sandbox/slack/shapes.ts';
import { slackOutage } from './disasters.ts';
import { completeness, lockAll } from './load.ts';
import { inPlace, type Place } from './place.ts';
import { exactly, type Scenario } from './scenario.ts';
import { incidentCards, settled, tellWhatWasSeen } from './told.ts';

const accounts = 30;
const secondsAway = 60;

export const slackAway: Scenario = {
  name: 'slack',
  title: 'Slack answers 429, then 503, then nothing, and closes the socket, while accounts lock',
  run: ({ seconds, history, logs, tell }) =>
    inPlace({ accounts, accountsEach: 1, history, logs }, async (place) => {
      const awayMs = (seconds ?? secondsAway) * 1_000;
      const [sender] = await Promise.all([lockAll(place, awayMs), slackOutage(place, awayMs, tell)]);
      const told = await settled(place);
      sender.close();
      await tellWhatWasSeen(place, told, tell);
      const outOfOrder = await misplaced(place);
      return [...completeness(told, 0), exactly('cards out of order in their channel', 0, outOfOrder)];
    }),
};

/** Cards that stand after one whose incident opened later. */
async function misplaced({ incidents, slack }: Place): Promise<number> {
  const shown = await Promise.all(incidentCards(slack).map((card) => incidents.load(aboutOf(card))));
  const opened = shown.flatMap((one) => one?.openedAt ?? []);
  return opened.filter((at, place) => place > 0 && at < Math.max(...opened.slice(0, place))).length;
}

function aboutOf({ metadata }: Message): string {
  const payload = (metadata?.['event_payload'] ?? {}) as { id?: string };
  return payload.id ?? '';
}
