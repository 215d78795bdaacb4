import { setTimeout as wait } from 'node:timers/promises';
import { redisOutage } from './disasters.ts';
import { completeness, lockAll } from './load.ts';
import { inPlace } from './place.ts';
import type { Scenario } from './scenario.ts';
import { settled, tellWhatWasSeen } from './told.ts';

const accounts = 40;
const secondsAway = 20;

export const redisAway: Scenario = {
  name: 'redis',
  title: 'Redis stopped and started again while accounts lock',
  run: ({ seconds, history, logs, tell }) =>
    inPlace({ accounts, accountsEach: 5, history, logs }, async (place) => {
      const awayMs = (seconds ?? secondsAway) * 1_000;
      const locking = lockAll(place, awayMs + 10_000);
      await wait(5_000);
      await redisOutage(place, awayMs, tell);
      const sender = await locking;
      const told = await settled(place);
      sender.close();
      await tellWhatWasSeen(place, told, tell);
      return completeness(told, 0);
    }),
};
