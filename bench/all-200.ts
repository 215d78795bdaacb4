import { defaultConcurrency } from '../src/adapters/secret-server/options.ts';
import { checkAll, openCorp, timedMs } from './kit/corp.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { benchWorld } from './kit/world.ts';

const delayMs = 50;
const secrets = 200;
/** As many requests at once as the adapter allows itself. */
const concurrency = defaultConcurrency;

/** All secrets of one integration, from nothing. */
export const all200: Measure = {
  name: 'all-200',
  title: `check --all of ${secrets} secrets with every answer of Secret Server ${delayMs} ms late`,
  peer: `calls × ${delayMs} ms / ${concurrency} at once; for calls, 50 + 5 per secret`,
  rounds: 3,
  async take(rounds) {
    const world = await benchWorld({ secrets });
    const names = Array.from({ length: secrets }, (_, at) => `host-${String(at + 1).padStart(4, '0')}`);
    await world.delay(delayMs);
    const runs = await inRounds(rounds, async () => {
      const { integrations, close } = await openCorp(world);
      const [integration] = integrations;
      if (!integration) throw new Error('There is no integration.');
      await world.calls();
      const wallMs = await timedMs(() => checkAll(integration, names));
      const calls = await world.calls();
      await close();
      return { wallMs, calls };
    });
    await world.close();
    const allowed = 50 + 5 * secrets;
    return {
      figures: [
        {
          what: 'calls',
          unit: 'calls',
          ours: runs.map(({ calls }) => calls),
          peer: runs.map(() => allowed),
          compare: 'ratio',
          aim: { atMost: 1 },
        },
        {
          what: 'wall',
          unit: 'ms',
          ours: runs.map(({ wallMs }) => wallMs),
          peer: runs.map(({ calls }) => (calls * delayMs) / concurrency),
          compare: 'ratio',
          aim: { atMost: 1.3 },
        },
      ],
    };
  },
};
