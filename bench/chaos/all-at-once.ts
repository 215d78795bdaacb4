import { setTimeout as wait } from 'node:timers/promises';
import { killing, momentsOver, redisOutage, slackOutage } from './disasters.ts';
import { closedByForgery, forgeUnlocks } from './forgeries.ts';
import { completeness, lockAll } from './load.ts';
import { inPlace, type Place } from './place.ts';
import { type ChaosOptions, dice, exactly, type Finding, type Scenario } from './scenario.ts';
import { settled, tellWhatWasSeen } from './told.ts';

const accountsEach = 5;
const overMs = 150_000;
const redisAwayMs = 20_000;
const slackAwayMs = 60_000;

export const allAtOnce: Scenario = {
  name: 'all-at-once',
  title: 'kills, a Redis restart and a minute of Slack errors while accounts lock, and forged unlocks',
  run: (options) =>
    inPlace(
      { accounts: options.lockouts, accountsEach, history: options.history, logs: options.logs },
      (place) => under(place, options),
    ),
};

async function under(place: Place, { kills: wanted, seed, history, tell }: ChaosOptions): Promise<Finding[]> {
  const random = dice(seed);
  const moments = momentsOver(overMs, wanted, random);
  const later = async (share: number, what: () => Promise<void>) => {
    await wait(share * overMs);
    await what();
  };
  const [sender, done] = await Promise.all([
    lockAll(place, overMs),
    killing(place, { moments, random, tell }),
    later(0.2, () => redisOutage(place, redisAwayMs, tell)),
    // Begins while what Redis' absence held up is still being told.
    later(0.4, () => slackOutage(place, slackAwayMs, tell)),
    later(0.7, () => forgeUnlocks(place, tell)),
  ]);
  tell('all accounts are locked, waiting for the rest to be told');
  await forgeUnlocks(place, tell);
  const told = await settled(place);
  sender.close();
  await tellWhatWasSeen(place, told, tell);
  return [
    exactly('kills', wanted, done),
    // A post whose answer was lost to a hanging Slack is no kill, and is not allowed for.
    ...completeness(told, history ? 0 : done),
    await closedByForgery(place),
  ];
}
