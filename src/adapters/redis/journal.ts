import { JournalEntry } from '../../domain/journal-entry.ts';
import type { Journal } from '../../ports/journal.ts';
import type { RedisClient } from './connect.ts';
import { key } from './keys.ts';
import { parseJson, readJson } from './records/json.ts';

/** At most this many events of an integration, however many a vault sends. */
const entriesKept = 20_000;

/** One sorted set for each integration, by the time of receipt, and the newest by itself. */
export function redisJournal(redis: RedisClient, keepMs: number): Journal {
  const log = (integration: string) => key('journal', integration);
  const last = (integration: string) => key('journal-last', integration);
  return {
    async write(entries) {
      if (entries.length === 0) return;
      const batch = redis.multi();
      for (const [integration, own] of byIntegration(entries)) {
        const newest = Math.max(...own.map((one) => one.seenAt));
        const line = own.findLast((one) => one.seenAt === newest);
        batch
          .zadd(log(integration), ...own.flatMap((one) => [one.seenAt, JSON.stringify(one)]))
          .zremrangebyscore(log(integration), '-inf', newest - keepMs)
          .zremrangebyrank(log(integration), 0, -entriesKept - 1)
          .pexpire(log(integration), keepMs)
          .set(last(integration), JSON.stringify(line), 'PX', keepMs);
      }
      await batch.exec();
    },
    lastEvent: (integration) => readJson(redis, last(integration), JournalEntry),
    async read(integration, { since, limit }) {
      const lines = await redis.zrevrangebyscore(log(integration), '+inf', since, 'LIMIT', 0, limit);
      return lines.flatMap((line) => parseJson(line, JournalEntry) ?? []);
    },
  };
}

function byIntegration(entries: readonly JournalEntry[]): Map<string, JournalEntry[]> {
  const groups = new Map<string, JournalEntry[]>();
  for (const entry of entries)
    groups.set(entry.integration, [...(groups.get(entry.integration) ?? []), entry]);
  return groups;
}
