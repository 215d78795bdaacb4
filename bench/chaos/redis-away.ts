import { setTimeout as wait } from 'node:timers/promises';
import { completeness, lockAll } from './load.ts';
import { openPlace } from './place.ts';
import type { Scenario } from './scenario.ts';
import { settled } from './told.ts';

const accounts = 40;
const secondsAway = 20;

export const redisAway: Scenario = {
  name: 'redis',
  title: 'Redis stopped and started again while accounts lock',
  async run({ seconds, history, tell }) {
    const place = await openPlace({ accounts, accountsEach: 5, history });
    const awayMs = (seconds ?? secondsAway) * 1_000;
    try {
      const locking = lockAll(place, awayMs + 10_000);
      await wait(5_000);
      await place.redis.stop();
      tell(`Redis is away for ${awayMs / 1_000} s`);
      await wait(awayMs);
      await place.redis.start();
      tell('Redis is back');
      const sender = await locking;
      const told = await settled(place, 180_000);
      sender.close();
      return completeness(told, 0);
    } finally {
      await place.close();
    }
  },
};
