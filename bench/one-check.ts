import { checkAll, openCorp, timedMs } from './kit/corp.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { benchWorld } from './kit/world.ts';

const delayMs = 50;
/** Calls that depend on each other: token, user, groups, their ranges. One more for what runs beside them. */
const chain = 5;
const ownWorkMs = 60;

/** One check from nothing: no token, no open connection. */
export const oneCheck: Measure = {
  name: 'one-check',
  title: `one check with every answer of Secret Server ${delayMs} ms late`,
  peer: `the critical path: ${chain} × ${delayMs} ms + ${ownWorkMs} ms of our own`,
  rounds: 15,
  async take(rounds) {
    const world = await benchWorld();
    await world.delay(delayMs);
    const once = async () => {
      const { integrations, close } = await openCorp(world);
      const [integration] = integrations;
      if (!integration) throw new Error('There is no integration.');
      await world.calls();
      const wallMs = await timedMs(() => checkAll(integration, ['scanadmin']));
      const calls = await world.calls();
      await close();
      return { wallMs, calls };
    };
    const first = await once();
    const runs = await inRounds(rounds, once);
    await world.close();
    const path = runs.map(() => chain * delayMs + ownWorkMs);
    const walls = runs.map(({ wallMs }) => wallMs);
    const calls = runs.map((run) => run.calls);
    return {
      figures: [
        { what: 'wall', unit: 'ms', ours: walls, peer: path, compare: 'ratio', aim: { atMost: 1 } },
        {
          what: 'wall of the first check of a process',
          unit: 'ms',
          ours: [first.wallMs],
          peer: path.slice(0, 1),
          compare: 'ratio',
          aim: null,
        },
        { what: 'calls', unit: 'calls', ours: calls, peer: [], compare: 'value', aim: { atMost: 40 } },
      ],
    };
  },
};
