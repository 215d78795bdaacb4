import { corpFolder } from './kit/corp.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { build } from './kit/process.ts';
import { benchRedis, noRedis } from './kit/redis.ts';
import { startedPeer, startedService } from './kit/service.ts';
import { slash, slashLoad } from './kit/slack-load.ts';
import { quantile } from './kit/stats.ts';
import { benchWorld } from './kit/world.ts';

const perSecond = 50;
const forMs = 5_000;
/** Slow enough that ten checks are under way all the time, whatever the load leaves of the machine. */
const delayMs = 500;

/** `/vault check` is acknowledged when its job is stored: with the checks in the same process, and in another one. */
export const acknowledge: Measure = {
  name: 'acknowledge',
  title: `signed slash commands at ${perSecond}/s until acknowledged, ten checks under way`,
  peer: 'the smallest Bolt app, which acknowledges at once and does nothing',
  rounds: 5,
  async take(rounds) {
    build();
    const redis = await benchRedis();
    if (!redis) return noRedis;
    const world = await benchWorld({ slack: true });
    await world.delay(delayMs);
    const files = await corpFolder(world);
    const place = { world, redis, files };
    const peer = await startedPeer(world, null);
    const worker = await startedService(place, 'worker');
    const bot = await startedService(place, 'bot');
    const all = await startedService(place, 'all');
    const load = (port: number) => ({
      port,
      signingSecret: world.slack?.signingSecret ?? '',
      text: 'check scanadmin',
    });
    for (const { port } of [peer, bot, all])
      await Promise.all(Array.from({ length: 20 }, () => slash(load(port))));
    const taken = await inRounds(rounds, async () => ({
      peer: await slashLoad({ ...load(peer.port), perSecond, forMs }),
      bot: await slashLoad({ ...load(bot.port), perSecond, forMs }),
      all: await slashLoad({ ...load(all.port), perSecond, forMs }),
    }));
    for (const one of [bot, all, worker, peer]) await one.stop();
    await world.close();
    await redis.close();
    await files.remove();
    const figure = (who: 'bot' | 'all', share: number, where: string, atMost: number) => ({
      what: `p${share * 100}, ${where}`,
      unit: 'ms',
      ours: taken.map((one) => quantile(one[who], share)),
      peer: taken.map((one) => quantile(one.peer, share)),
      compare: 'ratio' as const,
      aim: { atMost },
    });
    return {
      figures: [
        figure('bot', 0.5, 'checks in another process', 1.3),
        figure('bot', 0.99, 'checks in another process', 1.5),
        figure('all', 0.5, 'one process for all', 1.3),
        figure('all', 0.99, 'one process for all', 1.5),
      ],
    };
  },
};
