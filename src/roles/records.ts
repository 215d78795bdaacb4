import type { RedisClient } from '../adapters/redis/connect.ts';
import { redisIncidents } from '../adapters/redis/incidents/incidents.ts';
import { redisJournal } from '../adapters/redis/journal.ts';
import {
  redisAudits,
  redisBatches,
  redisKnownSecrets,
  redisProgress,
  redisSummaries,
} from '../adapters/redis/records/answers.ts';
import { redisCheckRounds } from '../adapters/redis/records/check-rounds.ts';
import { redisListening } from '../adapters/redis/records/listening.ts';
import { redisMarks } from '../adapters/redis/records/marks.ts';
import { redisCommandLog, redisDeliveries, redisOnce } from '../adapters/redis/records/once.ts';
import { redisReports } from '../adapters/redis/records/reports.ts';
import type { Config } from '../config/load.ts';

/** Everything that is stored, over one connection: a hasty one for who has a person waiting, a patient one for workers. */
export function openRecords(redis: RedisClient, keep: Config['keep']) {
  return {
    reports: redisReports(redis, keep.reports),
    batches: redisBatches(redis, keep.reports),
    audits: redisAudits(redis),
    summaries: redisSummaries(redis),
    progress: redisProgress(redis),
    knownSecrets: redisKnownSecrets(redis),
    commandLog: redisCommandLog(redis, keep.commands),
    deliveries: redisDeliveries(redis, keep.reports),
    once: redisOnce(redis),
    incidents: redisIncidents(redis, keep.incidents),
    journal: redisJournal(redis, keep.journal),
    marks: redisMarks(redis),
    rounds: redisCheckRounds(redis),
    listening: redisListening(redis),
  };
}
