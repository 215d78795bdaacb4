import { setTimeout as wait } from 'node:timers/promises';
import { findEngine } from '../src/adapters/redis/private-server.ts';
import { openPlace } from './chaos/place.ts';
import { bareName, holds, lockoutLine, openSender, quiet, shownText } from './kit/lockouts.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { build } from './kit/process.ts';
import { noRedis } from './kit/redis.ts';

const accountsUnlessSaid = 200;
const settleMs = 8_000;
const giveUpMs = 120_000;

/** All in one integration, written at once over one connection. */
export const storm: Measure = {
  name: 'storm',
  title: 'different accounts locked within a second until every name stands in a card',
  peer: 'none: the aim is 5 s',
  rounds: 3,
  async take(rounds, { accounts = accountsUnlessSaid }) {
    if ((await findEngine()) === null) return noRedis;
    build();
    const taken = await inRounds(rounds, () => stormOf(accounts));
    return {
      figures: [
        {
          what: `until the last of ${accounts} names stands there`,
          unit: 'ms',
          ours: taken.map(({ allMs }) => allMs),
          peer: [],
          compare: 'value',
          aim: { atMost: 5_000 },
        },
        {
          what: 'until every lockout is an incident',
          unit: 'ms',
          ours: taken.map(({ storedMs }) => storedMs),
          peer: [],
          compare: 'value',
          aim: null,
        },
        {
          what: 'names that stand nowhere',
          unit: 'names',
          ours: taken.map(({ missing }) => missing),
          peer: [],
          compare: 'value',
          aim: { atMost: 0 },
        },
      ],
    };
  },
};

async function stormOf(accounts: number): Promise<{ allMs: number; storedMs: number; missing: number }> {
  const place = await openPlace({ accounts, accountsEach: accounts });
  try {
    const sender = await openSender(place.ports.tcp);
    await quiet(place.slack, settleMs);
    const lines = place.accounts.map((account) => lockoutLine(place, account));
    const names = place.accounts.map(bareName);
    const missing = () => {
      const text = shownText(place.slack);
      return names.filter((name) => !text.includes(name)).length;
    };
    const from = performance.now();
    sender.write(lines.join(''));
    const stored = (async () => {
      let count = 0;
      while (count < accounts && performance.now() - from < giveUpMs) {
        count = (await place.incidents.list({ states: ['open'], limit: 10_000 })).length;
        await wait(100);
      }
      return performance.now() - from;
    })();
    await holds(() => missing() === 0, giveUpMs, 50);
    const allMs = performance.now() - from;
    sender.destroy();
    return { allMs, storedMs: await stored, missing: missing() };
  } finally {
    await place.close();
  }
}
