import { checkAll, openCorp, timedMs } from './kit/corp.ts';
import { type Figure, inRounds, type Measure } from './kit/measure.ts';
import { type BenchWorld, benchWorld } from './kit/world.ts';

const delayMs = 50;
/** Calls that depend on each other: token, user, groups, their ranges. One more for what runs beside them. */
const chain = 5;
const pathMs = chain * delayMs + 60;

type Taken = { wallMs: number; calls: number };

/** One check from nothing: no token, no open connection, no kept list; and with the lists of Qualys that are kept. */
export const oneCheck: Measure = {
  name: 'one-check',
  title: `one check with every answer of every vendor ${delayMs} ms late`,
  peer: `the critical path: ${chain} × ${delayMs} ms + 60 ms of our own`,
  rounds: 15,
  async take(rounds) {
    const vaultAlone = await benchWorld();
    const whole = await benchWorld({ bothEnds: true });
    await Promise.all([vaultAlone.delay(delayMs), whole.delay(delayMs)]);
    const first = await fromNothing(whole);
    const alone = await inRounds(rounds, () => fromNothing(vaultAlone));
    const both = await inRounds(rounds, () => fromNothing(whole));
    const kept = await withKeptLists(whole, rounds);
    await Promise.all([vaultAlone.close(), whole.close()]);
    return {
      figures: [
        wall('wall, Secret Server alone', alone),
        wall('wall with Qualys and the directory, nothing kept', both),
        wall('wall with the lists of Qualys kept', kept),
        { ...wall('wall of the first check of a process', [first]), aim: null },
        { ...called(both), what: 'calls' },
        { ...called(kept), what: 'calls with kept lists' },
      ],
    };
  },
};

async function fromNothing(world: BenchWorld): Promise<Taken> {
  const { integrations, close } = await openCorp(world);
  const taken = await oneOf(world, integrations);
  await close();
  return taken;
}

/** A service that goes on: token and lists are there. */
async function withKeptLists(world: BenchWorld, rounds: number): Promise<Taken[]> {
  const { integrations, close } = await openCorp(world);
  await oneOf(world, integrations);
  const taken = await inRounds(rounds, () => oneOf(world, integrations));
  await close();
  return taken;
}

async function oneOf(
  world: BenchWorld,
  [integration]: Awaited<ReturnType<typeof openCorp>>['integrations'],
): Promise<Taken> {
  if (!integration) throw new Error('There is no integration.');
  await world.calls();
  const wallMs = await timedMs(() => checkAll(integration, ['scanadmin']));
  return { wallMs, calls: await world.calls() };
}

function wall(what: string, taken: readonly Taken[]): Figure {
  const ours = taken.map(({ wallMs }) => wallMs);
  return { what, unit: 'ms', ours, peer: taken.map(() => pathMs), compare: 'ratio', aim: { atMost: 1 } };
}

function called(taken: readonly Taken[]): Omit<Figure, 'what'> {
  const ours = taken.map(({ calls }) => calls);
  return { unit: 'calls', ours, peer: [], compare: 'value', aim: { atMost: 40 } };
}
