import { corpFolder } from './kit/corp.ts';
import { type Figure, inRounds, type Measure } from './kit/measure.ts';
import { build, residentMb } from './kit/process.ts';
import { queuedChecks } from './kit/queued-checks.ts';
import { benchRedis, noRedis } from './kit/redis.ts';
import { startedPeer, startedService } from './kit/service.ts';
import { benchWorld } from './kit/world.ts';

const checks = 1_000;
const settleMs = 5_000;

/** What a process keeps that has worked for long. One round is a thousand checks in the same process. */
export const memory: Measure = {
  name: 'memory',
  title: `resident memory of start --role all after each ${checks.toLocaleString('en')} checks`,
  peer: 'a bare Bolt app with a BullMQ queue, worker and events in one process, idle',
  rounds: 10,
  async take(rounds) {
    build();
    const redis = await benchRedis();
    if (!redis) return noRedis;
    const world = await benchWorld({ slack: true });
    const files = await corpFolder(world);
    const peer = await startedPeer(world, redis);
    const ours = await startedService({ world, redis, files }, 'all');
    const { workedOff, close } = queuedChecks(redis);
    const atRest = async (pid: number) => {
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      return residentMb(pid);
    };
    const peerMb = await atRest(peer.pid);
    const afterMb = await inRounds(rounds, async (round) => {
      await workedOff(checks);
      const mb = await atRest(ours.pid);
      process.stderr.write(`  after ${(round + 1) * checks} checks: ${Math.round(mb)} MB\n`);
      return mb;
    });
    await Promise.all([peer.stop(), ours.stop(), close()]);
    await Promise.all([world.close(), redis.close(), files.remove()]);
    const last = afterMb.slice(-1);
    return {
      figures: [
        {
          what: `resident memory after ${(rounds * checks).toLocaleString('en')} checks`,
          unit: 'MB',
          ours: last,
          peer: [peerMb],
          compare: 'difference',
          aim: { atMost: 60 },
        },
        ...growthOf(afterMb),
      ],
    };
  },
};

/** How much each thousand checks add once the process has warmed up; nothing where there are too few to say. */
function growthOf(afterMb: readonly number[]): Figure[] {
  const settled = afterMb.slice(Math.floor(afterMb.length / 2));
  if (settled.length < 3) return [];
  return [
    {
      what: `growth over the second half, for each ${checks.toLocaleString('en')} checks`,
      unit: 'MB',
      ours: [slopeOf(settled)],
      peer: [],
      compare: 'value',
      aim: { atMost: 1 },
    },
  ];
}

/** The straight line through the values, one step apart: how much it rises with each. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return values.reduce((sum, value, at) => sum + (at - middle) * value, 0) / spread;
}
