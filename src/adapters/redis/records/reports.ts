import { Report } from '../../../domain/report.ts';
import type { Reports } from '../../../ports/records.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { readJson } from './json.ts';

/** At most this many reports of one secret stay in its history, however short the interval of the watch. */
const historyLimit = 1_000;

/** One command for all of it: a report is stored with its place in the history, or not at all. */
const save = `
local runId, report, keepMs, at, limit, field = unpack(ARGV)
redis.call('SET', KEYS[1], report, 'PX', keepMs)
redis.call('ZADD', KEYS[2], at, runId)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', at - keepMs)
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -limit - 1)
redis.call('PEXPIRE', KEYS[2], keepMs)
redis.call('HSET', KEYS[3], field, runId)`;

/** Reports in Redis: one key each that ends by itself after `keepMs`, an index per secret, and the newest of all. */
export function redisReports(redis: RedisClient, keepMs: number): Reports {
  const load = (runId: string) => readJson(redis, key('report', runId), Report);
  return {
    load,
    async save(report) {
      const { runId, integration, subject, finishedAt } = report;
      const keys = [key('report', runId), key('reports', integration, subject.secret), key('latest')];
      const field = JSON.stringify([integration, subject.secret]);
      const at = Date.parse(finishedAt);
      await redis.eval(
        save,
        keys.length,
        ...keys,
        runId,
        JSON.stringify(report),
        keepMs,
        at,
        historyLimit,
        field,
      );
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
