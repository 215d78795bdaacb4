import { randomUUID } from 'node:crypto';
import { type Incident, stateOf } from '../../../domain/incident.ts';
import { dayMs } from '../../../domain/instant.ts';
import type { IncidentChange, IncidentFilter, Incidents, PendingEffect } from '../../../ports/incidents.ts';
import type { RedisClient } from '../connect.ts';
import { keys } from './keys.ts';
import { countUnread, endEffects, parkEffects, pendingEffects, takeUpParked } from './outbox.ts';
import { commitScript, messageScript } from './scripts.ts';
import { loadIncident, loadIncidents, loadMessage, loadRecord, loadStorm } from './stored.ts';

/** What was seen and opened nothing is of no use after the longest window that counts. */
const recentKeptMs = 2 * dayMs;

/** Incidents in Redis. `keepMs`: how long resolved ones are kept after their last change. */
export function redisIncidents(redis: RedisClient, keepMs: number): Incidents {
  return {
    load: (id) => loadIncident(redis, id),
    record: (name) => loadRecord(redis, name),
    commit: (change) => commit(redis, change, keepMs),
    list: (filter) => list(redis, filter),
    openCount: () => redis.zcard(keys.live),
    unread: () => countUnread(redis),
    pending: (limit, olderThanMs = 0) => pendingEffects(redis, limit, olderThanMs),
    done: (ids) => endEffects(redis, ids),
    park: (ids) => parkEffects(redis, ids),
    takeUpParked: () => takeUpParked(redis),
    storm: (leader) => loadStorm(redis, leader),
    message: (id) => loadMessage(redis, id),
    async saveMessage(id, { handle, version, told, shows }) {
      const values = [JSON.stringify(handle), version, told, JSON.stringify(shows), keepMs];
      await redis.eval(messageScript, 1, keys.message(id), ...values);
    },
  };
}

async function commit(
  redis: RedisClient,
  change: IncidentChange,
  keepMs: number,
): Promise<readonly PendingEffect[] | 'conflict'> {
  const { record, effects, storm } = change;
  const { incident } = record;
  const about = { incidentId: incident?.id ?? '', version: incident?.version ?? 0 };
  const names = [
    keys.record(record.key),
    keys.incident(incident?.id ?? ''),
    keys.live,
    keys.resolved,
    keys.outbox,
    keys.effects,
    keys.sequence,
    keys.leader(storm?.cause ?? ''),
    keys.storm(''),
  ];
  const values = [
    ...valuesOf(change, keepMs),
    ...stormValues(change),
    ...effects.map((effect) => JSON.stringify({ ...about, effect })),
  ];
  const ids = await redis.eval(commitScript, names.length, ...names, ...values);
  if (!Array.isArray(ids)) return 'conflict';
  return effects.map((effect, at) => ({ id: String(ids[at]), ...about, effect }));
}

function valuesOf({ record: { incident, recent, version } }: IncidentChange, keepMs: number): string[] {
  return [
    String(version - 1),
    JSON.stringify({ incident: incident?.id ?? null, recent }),
    String(recentKeptMs),
    incident?.id ?? '',
    incident ? JSON.stringify(incident) : '',
    incident?.state === 'resolved' ? '1' : '0',
    String(incident?.updatedAt ?? 0),
    String(keepMs),
    String(Date.now()),
  ];
}

/** Whoever leads is known in Redis alone: its id is put there in place of a word that nothing else holds. */
function stormValues({ record, storm }: IncidentChange): string[] {
  if (!storm || record.incident === null) return ['', '', ''];
  const placeholder = randomUUID();
  return [String(storm.forMs), JSON.stringify(storm.joining(placeholder)), placeholder];
}

async function list(redis: RedisClient, filter: IncidentFilter): Promise<Incident[]> {
  const { states, integration, since, limit } = filter;
  const [resolved, live] = [states.includes('resolved'), states.some((one) => one !== 'resolved')];
  const from = since ?? '-inf';
  const ids = [
    ...(live ? await redis.zrevrangebyscore(keys.live, '+inf', from) : []),
    ...(resolved ? await redis.zrevrangebyscore(keys.resolved, '+inf', from, 'LIMIT', 0, limit * 5) : []),
  ];
  const { incidents } = await loadIncidents(redis, ids);
  return (
    incidents
      .filter((one) => states.includes(stateOf(one)) && (!integration || one.integration === integration))
      // A note or a cause that was found later changes a resolved one, and does not make its end a later one.
      .filter(({ resolution }) => resolution === null || since === undefined || resolution.at >= since)
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .slice(0, limit)
  );
}
