import { killing, momentsOver } from './disasters.ts';
import { closedByForgery, forgeUnlocks } from './forgeries.ts';
import { completeness, lockAll } from './load.ts';
import { inPlace, type Place } from './place.ts';
import { type ChaosOptions, dice, exactly, type Finding, type Scenario } from './scenario.ts';
import { settled, tellWhatWasSeen } from './told.ts';

const accountsEach = 5;
const betweenKillsMs = 3_500;

export const kills: Scenario = {
  name: 'kills',
  title: 'bot, worker and listener killed at random moments while accounts lock',
  run: (options) =>
    inPlace(
      { accounts: options.lockouts, accountsEach, history: options.history, logs: options.logs },
      (place) => under(place, options),
    ),
};

async function under(place: Place, { kills: wanted, seed, history, tell }: ChaosOptions): Promise<Finding[]> {
  const random = dice(seed);
  const moments = momentsOver(wanted * betweenKillsMs, wanted, random);
  const [sender, done] = await Promise.all([
    lockAll(place, wanted * betweenKillsMs),
    killing(place, { moments, random, tell }),
  ]);
  tell('all accounts are locked, waiting for the rest to be told');
  await forgeUnlocks(place, tell);
  const told = await settled(place);
  sender.close();
  await tellWhatWasSeen(place, told, tell);
  return [
    exactly('kills', wanted, done),
    ...completeness(told, history ? 0 : done),
    await closedByForgery(place),
  ];
}
