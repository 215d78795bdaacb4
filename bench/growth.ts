import { randomUUID } from 'node:crypto';
import { redisIncidents } from '../src/adapters/redis/incidents/incidents.ts';
import { observe } from '../src/app/incidents/observe.ts';
import { dayMs, minuteMs } from '../src/domain/instant.ts';
import type { Incidents } from '../src/ports/incidents.ts';
import { at } from '../test/given.ts';
import { happening, incidentRules } from '../test/incidents.ts';
import { checkAll, type OpenCorp, openCorp } from './kit/corp.ts';
import type { Figure, Measure } from './kit/measure.ts';
import { inRounds } from './kit/measure.ts';
import { type BenchRedis, benchRedis } from './kit/redis.ts';
import { growth as exponentOf } from './kit/stats.ts';
import { type BenchWorld, benchWorld, type WorldWanted } from './kit/world.ts';

/** Above this the cost grows faster than what is asked for; the rest is the noise of a shared machine. */
const linear = 1.15;

type Series = { what: string; sizes: readonly number[]; cost(size: number): Promise<number> };

/** The exponent of growth: 1 is linear. Fixed costs lower it, a defect raises it. */
export const growth: Measure = {
  name: 'growth',
  title: 'our own processor time over size: exponent of growth',
  peer: 'linear growth, which has the exponent 1',
  rounds: 3,
  async take(rounds) {
    const figures: Figure[] = [];
    const redis = await benchRedis();
    const all = redis ? [...series, openIncidents(redis)] : series;
    for (const one of all) figures.push(await figureOf(one, rounds));
    await redis?.close();
    return { figures };
  },
};

async function figureOf({ what, sizes, cost }: Series, rounds: number): Promise<Figure> {
  await cost(sizes[0] ?? 1);
  const exponents = await inRounds(rounds, async () => {
    const points: { size: number; cost: number }[] = [];
    for (const size of sizes) points.push({ size, cost: await cost(size) });
    process.stderr.write(
      `  ${what}: ${points.map(({ size, cost }) => `${size}: ${Math.round(cost)} ms`).join(', ')}\n`,
    );
    return steepest(points);
  });
  const text = `${what} ${sizes[0]} → ${sizes.at(-1)}`;
  return {
    what: text,
    unit: 'exponent',
    ours: exponents,
    peer: [],
    compare: 'value',
    aim: { atMost: linear },
  };
}

/** Of the last two steps: at small sizes the fixed costs hide what grows. */
function steepest(points: readonly { size: number; cost: number }[]): number {
  return exponentOf(points.slice(-3));
}

const secretNames = (count: number) =>
  Array.from({ length: count }, (_, at) => `host-${String(at + 1).padStart(4, '0')}`);

const series: readonly Series[] = [
  {
    what: 'secrets of one integration',
    sizes: [1, 10, 100, 1000],
    cost: (size) =>
      inWorld({ secrets: size }, 1, ([one]) => (one ? checkAll(one, secretNames(size)) : never())),
  },
  {
    what: 'integrations',
    sizes: [1, 10, 50],
    cost: (size) => inWorld({}, size, (all) => Promise.all(all.map((one) => checkAll(one, ['scanadmin'])))),
  },
  {
    what: 'audit rows of the window (5,000 are read)',
    sizes: [100, 1000, 10_000, 100_000],
    cost: (size) =>
      inWorld({ userAuditRows: size }, 1, ([one]) =>
        one ? checkAll(one, ['scanadmin'], size > 4_990 ? 'unknown' : 'pass') : never(),
      ),
  },
];

/** What fifty more cost, and the list of the newest, while so many are open. */
function openIncidents(redis: BenchRedis): Series {
  return {
    what: 'open incidents (fifty more, and the list)',
    sizes: [10, 100, 1000, 10_000],
    async cost(size) {
      const client = redis.connection();
      await client.flushall();
      const tools = incidentTools(redisIncidents(client, 30 * dayMs));
      await lockouts(tools, 0, size);
      const cost = await processorMs(async () => {
        await lockouts(tools, size, size + 50);
        await tools.incidents.list({ states: ['open', 'acknowledged', 'snoozed'], limit: 50 });
      });
      client.disconnect();
      return cost;
    },
  };
}

/** Each of another account, and two minutes after the last: none joins another's card. */
async function lockouts(tools: ReturnType<typeof incidentTools>, from: number, to: number): Promise<void> {
  for (let one = from; one < to; one += 1) {
    const time = at + one * 2 * minuteMs;
    tools.clock.time = time;
    await observe(
      tools,
      happening('account-locked', { account: `CORP\\svc-${one}`, at: time, seenAt: time }),
    );
  }
}

function incidentTools(incidents: Incidents) {
  const clock = { time: at, now: () => clock.time };
  const dispatch = { dispatch: async () => {} };
  return { incidents, dispatch, rules: incidentRules, clock, newId: randomUUID };
}

async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function inWorld(
  wanted: WorldWanted,
  integrations: number,
  work: (opened: OpenCorp['integrations']) => Promise<unknown>,
): Promise<number> {
  const world: BenchWorld = await benchWorld(wanted);
  const { integrations: opened, close } = await openCorp(world, integrations);
  try {
    return await processorMs(() => work(opened));
  } finally {
    await close();
    await world.close();
  }
}

function never(): never {
  throw new Error('There is no integration.');
}
