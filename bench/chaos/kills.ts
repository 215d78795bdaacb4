import { setTimeout as wait } from 'node:timers/promises';
import { completeness, lockAll } from './load.ts';
import { openPlace, type Place } from './place.ts';
import { roleNames } from './processes.ts';
import { type ChaosOptions, dice, exactly, type Finding, type Scenario } from './scenario.ts';
import { settled } from './told.ts';

const accountsEach = 5;
const betweenKillsMs = { least: 1_500, most: 5_500 };
/** Messages to one channel go out about one a second. */
const settleMs = (lockouts: number) => 120_000 + lockouts * 2_000;

export const kills: Scenario = {
  name: 'kills',
  title: 'bot, worker and listener killed at random moments while accounts lock',
  async run(options) {
    const { lockouts: accounts, history } = options;
    const place = await openPlace({ accounts, accountsEach, history });
    try {
      return await under(place, options);
    } finally {
      await place.close();
    }
  },
};

async function under(
  place: Place,
  { kills: wanted, lockouts, seed, history, tell }: ChaosOptions,
): Promise<Finding[]> {
  const random = dice(seed);
  const { least, most } = betweenKillsMs;
  const moments = Array.from({ length: wanted }, () => least + random() * (most - least));
  const overMs = moments.reduce((sum, one) => sum + one, 0);
  const locking = lockAll(place, overMs);
  let done = 0;
  for (const moment of moments) {
    await wait(moment);
    const role = roleNames[Math.floor(random() * roleNames.length)] ?? 'worker';
    // One that is just starting is waited for: a kill that meets nobody is none.
    while (!place.roles.kill(role)) await wait(20);
    done += 1;
    tell(`kill ${done} of ${wanted}: ${role}`);
  }
  const sender = await locking;
  tell('all accounts are locked, waiting for the rest to be told');
  const told = await settled(place, settleMs(lockouts));
  sender.close();
  for (const account of told.lost) tell(`lost: ${account}`);
  tell(`${told.cards} cards, ${told.secondCards} of them twice, ${told.secondLines} thread lines twice`);
  return [exactly('kills', wanted, done), ...completeness(told, history ? 0 : done)];
}
