import { setTimeout as wait } from 'node:timers/promises';
import { completeness, lockAll } from './load.ts';
import { inPlace, type Place } from './place.ts';
import { atMost, exactly, type Finding, type Scenario } from './scenario.ts';
import { settled, tellWhatWasSeen } from './told.ts';

const accounts = 20;
const accountsEach = 5;
const pollEveryMs = 20_000;
const remindAfterMs = 60_000;
/** The second reminder of one incident comes after twice the time, the first after once. */
const closestRemindersMs = 1.5 * remindAfterMs;
const lockOverMs = 20_000;
const runMs = 150_000;

export const three: Scenario = {
  name: 'three',
  title: 'three processes of all roles over one Redis, each told of every lockout',
  run: ({ history, logs, tell }) =>
    inPlace(
      {
        ...{ accounts, accountsEach, history, logs, alike: 3 },
        sections: {
          watch: { every: `${pollEveryMs / 1_000}s`, checksEvery: '6h' },
          incidents: { remindAfter: `${remindAfterMs / 1_000}s` },
        },
      },
      async (place) => {
        const [from, pollsBefore] = [Date.now(), place.roles.polls().length];
        const sender = await lockAll(place, lockOverMs);
        await wait(runMs - lockOverMs);
        const [passedMs, polls] = [Date.now() - from, place.roles.polls().slice(pollsBefore)];
        const told = await settled(place);
        sender.close();
        await tellWhatWasSeen(place, told, tell);
        return [...completeness(told, 0), pollsOnce(polls, passedMs), ...(await remindersOnce(place))];
      },
    ),
};

/** Each process that kept a schedule of its own would make it three times as many. */
function pollsOnce(polls: readonly string[], passedMs: number): Finding {
  const counts = [...new Set(polls)].map((name) => polls.filter((one) => one === name).length);
  // Beside the schedule, each start of a listener asks for one.
  const due = Math.ceil(passedMs / pollEveryMs) + 1 + 3;
  return atMost(`polls of one integration in ${Math.round(passedMs / 1_000)} s`, due, Math.max(...counts));
}

async function remindersOnce({ incidents }: Place): Promise<Finding[]> {
  const all = await incidents.list({ states: ['open', 'acknowledged'], limit: 1_000 });
  const reminders = all.map(({ timeline }) =>
    timeline.filter(({ type }) => type === 'reminded').map(({ at }) => at),
  );
  const tooSoon = (times: readonly number[]) =>
    times.filter((at, place) => place > 0 && at - (times[place - 1] ?? 0) < closestRemindersMs).length;
  return [
    exactly('incidents that nobody was reminded of', 0, reminders.filter((one) => one.length === 0).length),
    exactly(
      'reminders told twice',
      0,
      reminders.reduce((sum, one) => sum + tooSoon(one), 0),
    ),
  ];
}
