import { Report } from '../../../domain/report.ts';
import type { Reports } from '../../../ports/records.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { readJson } from './json.ts';

/** At most this many reports of one secret stay in its history, however short the interval of the watch. */
const historyLimit = 1_000;

/** Reports in Redis: one key each that ends by itself after `keepMs`, an index per secret, and the newest of all. */
export function redisReports(redis: RedisClient, keepMs: number): Reports {
  const load = (runId: string) => readJson(redis, key('report', runId), Report);
  return {
    load,
    async save(report) {
      const { runId, integration, subject, finishedAt } = report;
      const index = key('reports', integration, subject.secret);
      const at = Date.parse(finishedAt);
      await redis
        .multi()
        .set(key('report', runId), JSON.stringify(report), 'PX', keepMs)
        .zadd(index, at, runId)
        .zremrangebyscore(index, '-inf', at - keepMs)
        .zremrangebyrank(index, 0, -historyLimit - 1)
        .pexpire(index, keepMs)
        .hset(key('latest'), JSON.stringify([integration, subject.secret]), runId)
        .exec();
    },
    async history(integration, secret, limit) {
      const runIds = await redis.zrevrange(key('reports', integration, secret), 0, limit - 1);
      return (await Promise.all(runIds.map(load))).filter((report) => report !== null);
    },
    async latest() {
      const newest = await redis.hgetall(key('latest'));
      const found = await Promise.all(
        Object.entries(newest).map(async ([field, runId]) => ({ field, report: await load(runId) })),
      );
      const gone = found.filter(({ report }) => report === null).map(({ field }) => field);
      if (gone.length > 0) await redis.hdel(key('latest'), ...gone);
      return found.flatMap(({ report }) => report ?? []);
    },
  };
}
