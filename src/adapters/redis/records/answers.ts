import { z } from 'zod';
import { AuditAnswer } from '../../../domain/audit.ts';
import { Batch } from '../../../domain/batch.ts';
import { dayMs, hourMs } from '../../../domain/instant.ts';
import { LookSummary } from '../../../domain/look-summary.ts';
import type { Audits, Batches, KnownSecrets, Progress, Summaries } from '../../../ports/records.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { parseJson, readJson } from './json.ts';

/** Answers of audits live a day: they can be asked again, and hold names of people. */
export function redisAudits(redis: RedisClient): Audits {
  return {
    async save(answer) {
      await redis.set(key('audit', answer.auditId), JSON.stringify(answer), 'PX', dayMs);
    },
    load: (auditId) => readJson(redis, key('audit', auditId), AuditAnswer),
  };
}

/** A summary is kept until it must have been delivered. */
export function redisSummaries(redis: RedisClient): Summaries {
  return {
    async save(summary) {
      await redis.set(key('summary', summary.summaryId), JSON.stringify(summary), 'PX', 2 * dayMs);
    },
    load: (summaryId) => readJson(redis, key('summary', summaryId), LookSummary),
  };
}

export function redisBatches(redis: RedisClient, keepMs: number): Batches {
  return {
    async save(batch) {
      await redis.set(key('batch', batch.batchId), JSON.stringify(batch), 'PX', keepMs);
    },
    load: (batchId) => readJson(redis, key('batch', batchId), Batch),
  };
}

/** What runs wait for. An entry ends by itself after an hour, when its run was lost. */
export function redisProgress(redis: RedisClient): Progress {
  return {
    async waitingFor(runId, what) {
      await redis.set(key('waiting', runId), JSON.stringify(what), 'PX', hourMs);
    },
    async ended(runId) {
      await redis.del(key('waiting', runId));
    },
    read: (runId) => readJson(redis, key('waiting', runId), z.array(z.string())),
  };
}

/** One set per integration; what was not seen for a month is forgotten. */
export function redisKnownSecrets(redis: RedisClient): KnownSecrets {
  const names = key('known-secrets');
  const entry = z.tuple([z.string(), z.string()]);
  return {
    async remember(integration, secrets) {
      if (secrets.length === 0) return;
      const now = Date.now();
      const scored = secrets.flatMap((secret) => [now, JSON.stringify([integration, secret])]);
      await redis.zadd(names, ...scored);
    },
    async list() {
      await redis.zremrangebyscore(names, '-inf', Date.now() - 30 * dayMs);
      const all = (await redis.zrange(names, '0', '-1')).map((text) => parseJson(text, entry));
      return all.flatMap((one) => (one ? [{ integration: one[0], secret: one[1] }] : [])).sort(byName);
    },
  };
}

function byName(
  a: { integration: string; secret: string },
  b: { integration: string; secret: string },
): number {
  return a.secret.localeCompare(b.secret) || a.integration.localeCompare(b.integration);
}
