import type { Person } from '../../src/sandbox/slack/shapes.ts';
import { lockAll } from './load.ts';
import { openPlace } from './place.ts';
import { exactly, type Scenario } from './scenario.ts';
import { incidentCards, settled } from './told.ts';

const colleagues: readonly Person[] = Array.from({ length: 10 }, (_, at) => ({
  id: `U0COLLEAGUE${at}`,
  name: `colleague-${at}`,
  realName: `Colleague ${at}`,
  email: `colleague-${at}@acme.example`,
  timeZone: 'UTC',
  role: 'member',
}));

export const clicks: Scenario = {
  name: 'clicks',
  title: 'ten people take one incident at once',
  async run({ tell }) {
    const place = await openPlace({ accounts: 1, accountsEach: 1, people: colleagues });
    try {
      const sender = await lockAll(place, 0);
      await settled(place);
      sender.close();
      const [card] = incidentCards(place.slack);
      if (!card) throw new Error('There is no card to click on.');
      const acts = await Promise.all(
        colleagues.map(({ id }) => place.slack.click(id, card, 'incident.acknowledge')),
      );
      const heard = () => colleagues.flatMap(({ id }) => place.slack.ephemerals(id).map(({ text }) => text));
      await place.slack
        .waitFor(() => heard().length >= 10 || null, 20_000)
        .catch(() => tell('not all were told'));
      await settled(place);
      const [incident] = await place.incidents.list({ states: ['acknowledged'], limit: 10 });
      const owner = incident?.acknowledged?.by ?? 'nobody';
      tell(`${owner} has it`);
      return [
        exactly('clicks that were acknowledged', 10, acts.filter(({ acked }) => acked).length),
        exactly('told that they have it', 1, heard().filter((text) => /You have it now/.test(text)).length),
        exactly(
          'told who has it',
          9,
          heard().filter((text) => text.includes(`<@${owner}> has it since`)).length,
        ),
        exactly(
          'lines of the timeline that say who took it',
          1,
          incident?.timeline.filter(({ type }) => type === 'acted').length ?? 0,
        ),
      ];
    } finally {
      await place.close();
    }
  },
};
