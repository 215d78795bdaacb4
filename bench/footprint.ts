import { corpFolder } from './kit/corp.ts';
import { type Figure, inRounds, type Measure } from './kit/measure.ts';
import { build, residentMb } from './kit/process.ts';
import { benchRedis, noRedis } from './kit/redis.ts';
import { startedPeer, startedService } from './kit/service.ts';
import { benchWorld } from './kit/world.ts';

/** Long enough for what the start leaves to be collected. */
const settleMs = 2_000;

/** Start and idle memory of `start --role all`, Redis apart. */
export const footprint: Measure = {
  name: 'footprint',
  title: 'start --role all until ready, and resident memory when idle',
  peer: 'a bare Bolt app with a BullMQ queue, worker and events in one process',
  rounds: 5,
  async take(rounds) {
    build();
    const redis = await benchRedis();
    if (!redis) return noRedis;
    const world = await benchWorld({ slack: true });
    const files = await corpFolder(world);
    const look = async (start: () => ReturnType<typeof startedPeer>) => {
      const one = await start();
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const idleMb = residentMb(one.pid);
      await one.stop();
      return { readyMs: one.readyMs, idleMb };
    };
    const taken = await inRounds(rounds, async () => ({
      peer: await look(() => startedPeer(world, redis)),
      ours: await look(() => startedService({ world, redis, files }, 'all')),
    }));
    await world.close();
    await redis.close();
    await files.remove();
    const figure = (key: 'readyMs' | 'idleMb', what: string, unit: string, atMost: number): Figure => ({
      what,
      unit,
      ours: taken.map((one) => one.ours[key]),
      peer: taken.map((one) => one.peer[key]),
      compare: 'difference',
      aim: { atMost },
    });
    return {
      figures: [
        figure('readyMs', 'start to ready', 'ms', 600),
        figure('idleMb', 'resident memory, idle', 'MB', 40),
      ],
    };
  },
};
