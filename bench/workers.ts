import { corpFolder } from './kit/corp.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { build } from './kit/process.ts';
import { queuedChecks } from './kit/queued-checks.ts';
import { benchRedis, noRedis } from './kit/redis.ts';
import { startedService } from './kit/service.ts';
import { benchWorld } from './kit/world.ts';

/** A worker waits most of the time: it asks ten things at once, and each answer is late. */
const delayMs = 150;
const jobs = 40;

/** The work that one more worker process adds, for checks whose time is spent waiting for Secret Server. */
export const workers: Measure = {
  name: 'workers',
  title: `${jobs} checks by two worker processes, every answer of Secret Server ${delayMs} ms late`,
  peer: 'the same checks by one worker process',
  rounds: 3,
  async take(rounds) {
    build();
    const redis = await benchRedis();
    if (!redis) return noRedis;
    const world = await benchWorld({ slack: true });
    await world.delay(delayMs);
    const files = await corpFolder(world);
    const { workedOff, close } = queuedChecks(redis);
    const start = () => startedService({ world, redis, files }, 'worker');
    const first = await start();
    await workedOff(10);
    const one = await inRounds(rounds, () => workedOff(jobs));
    const second = await start();
    await workedOff(20);
    const two = await inRounds(rounds, () => workedOff(jobs));
    await Promise.all([first.stop(), second.stop()]);
    await close();
    await world.close();
    await redis.close();
    await files.remove();
    return {
      figures: [
        {
          what: 'throughput',
          unit: 'checks/s',
          ours: two,
          peer: one,
          compare: 'ratio',
          aim: { atLeast: 1.8 },
        },
      ],
    };
  },
};
