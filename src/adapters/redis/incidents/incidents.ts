import { z } from 'zod';
import { MessageHandle } from '../../../domain/destination.ts';
import { Effect, Incident, type IncidentRecord, stateOf } from '../../../domain/incident.ts';
import { dayMs } from '../../../domain/instant.ts';
import { Seen } from '../../../domain/observation.ts';
import type {
  CardMessage,
  IncidentChange,
  IncidentFilter,
  Incidents,
  PendingEffect,
} from '../../../ports/incidents.ts';
import type { RedisClient } from '../connect.ts';
import { key } from '../keys.ts';
import { parseJson, readJson } from '../records/json.ts';
import { commitScript, messageScript, stormScript } from './scripts.ts';

const keys = {
  record: (name: string) => key('incident-record', name),
  incident: (id: string) => key('incident', id),
  message: (id: string) => key('incident-message', id),
  storm: (leader: string) => key('incident-storm', leader),
  live: key('incidents-live'),
  resolved: key('incidents-resolved'),
  outbox: key('incident-outbox'),
  effects: key('incident-effects'),
  sequence: key('incident-effect-sequence'),
};

/** The incident lies under its id alone; the record names it. */
const StoredRecord = z.strictObject({ incident: z.string().nullable(), recent: z.array(Seen) });
const StoredEffect = z.strictObject({ incidentId: z.string(), version: z.int(), effect: Effect });

/** What was seen and opened nothing is of no use after the longest window that counts. */
const recentKeptMs = 2 * dayMs;

/** Incidents in Redis. `keepMs`: how long resolved ones are kept after their last change. */
export function redisIncidents(redis: RedisClient, keepMs: number): Incidents {
  const load = (id: string) => readJson(redis, keys.incident(id), Incident);
  return {
    load,
    record: (name) => readRecord(redis, name),
    commit: (change) => commit(redis, change, keepMs),
    list: (filter) => list(redis, filter),
    openCount: () => redis.zcard(keys.live),
    pending: (limit, olderThanMs = 0) => pending(redis, limit, olderThanMs),
    async done(ids) {
      if (ids.length === 0) return;
      await redis
        .multi()
        .zrem(keys.outbox, ...ids)
        .hdel(keys.effects, ...ids)
        .exec();
    },
    async joinStorm(cause, id, forMs) {
      const leader = await redis.eval(stormScript, 1, key('storm-leader', cause), id, forMs);
      const members = keys.storm(String(leader));
      await redis.multi().zadd(members, 'NX', Date.now(), id).pexpire(members, keepMs).exec();
      return String(leader);
    },
    async storm(leader) {
      return loadAll(redis, await redis.zrange(keys.storm(leader), '0', '-1'));
    },
    message: (id) => readMessage(redis, id),
    async saveMessage(id, { handle, version, told }) {
      await redis.eval(messageScript, 1, keys.message(id), JSON.stringify(handle), version, told, keepMs);
    },
  };
}

/** What another version wrote and this one cannot read counts as a bug: guessing would open a second incident. */
async function readRecord(redis: RedisClient, name: string): Promise<IncidentRecord> {
  const stored = await redis.hgetall(keys.record(name));
  if (stored['version'] === undefined || stored['record'] === undefined)
    return { key: name, version: 0, incident: null, recent: [] };
  const record = parseJson(stored['record'], StoredRecord);
  if (record === null) throw new Error('A stored incident record cannot be read by this version.');
  const incident =
    record.incident === null ? null : await readJson(redis, keys.incident(record.incident), Incident);
  if (
    record.incident !== null &&
    incident === null &&
    (await redis.exists(keys.incident(record.incident))) > 0
  )
    throw new Error('A stored incident cannot be read by this version.');
  return { key: name, version: Number(stored['version']), incident, recent: record.recent };
}

async function commit(
  redis: RedisClient,
  { record, effects }: IncidentChange,
  keepMs: number,
): Promise<'stored' | 'conflict'> {
  const { incident, recent } = record;
  const stored = { incident: incident?.id ?? null, recent };
  const names = [
    keys.record(record.key),
    keys.incident(incident?.id ?? ''),
    keys.live,
    keys.resolved,
    keys.outbox,
    keys.effects,
    keys.sequence,
  ];
  const values = [
    String(record.version - 1),
    JSON.stringify(stored),
    String(recentKeptMs),
    incident?.id ?? '',
    incident ? JSON.stringify(incident) : '',
    incident?.state === 'resolved' ? '1' : '0',
    String(incident?.updatedAt ?? 0),
    String(keepMs),
    String(Date.now()),
    ...effects.map((effect) =>
      JSON.stringify({ incidentId: incident?.id ?? '', version: incident?.version ?? 0, effect }),
    ),
  ];
  const answer = await redis.eval(commitScript, names.length, ...names, ...values);
  return Number(answer) === 1 ? 'stored' : 'conflict';
}

async function list(redis: RedisClient, filter: IncidentFilter): Promise<Incident[]> {
  const { states, integration, since, limit } = filter;
  const [resolved, live] = [states.includes('resolved'), states.some((one) => one !== 'resolved')];
  const from = since ?? '-inf';
  const ids = [
    ...(live ? await redis.zrevrangebyscore(keys.live, '+inf', from) : []),
    ...(resolved ? await redis.zrevrangebyscore(keys.resolved, '+inf', from, 'LIMIT', 0, limit * 5) : []),
  ];
  const all = await loadAll(redis, ids);
  return all
    .filter((one) => states.includes(stateOf(one)) && (!integration || one.integration === integration))
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, limit);
}

async function loadAll(redis: RedisClient, ids: readonly string[]): Promise<Incident[]> {
  if (ids.length === 0) return [];
  const texts = await redis.mget(ids.map(keys.incident));
  return texts.flatMap((text) => (text === null ? [] : (parseJson(text, Incident) ?? [])));
}

async function pending(redis: RedisClient, limit: number, olderThanMs: number): Promise<PendingEffect[]> {
  const until = Date.now() - olderThanMs;
  const ids = await redis.zrangebyscore(keys.outbox, '-inf', until, 'LIMIT', 0, limit);
  if (ids.length === 0) return [];
  const texts = await redis.hmget(keys.effects, ...ids);
  return ids.flatMap((id, at) => {
    const stored = parseJson(texts[at] ?? '', StoredEffect);
    return stored ? [{ id, ...stored }] : [];
  });
}

async function readMessage(redis: RedisClient, id: string): Promise<CardMessage | null> {
  const { handle, version, told } = await redis.hgetall(keys.message(id));
  const place = handle === undefined ? null : parseJson(handle, MessageHandle);
  return place && { handle: place, version: Number(version), told: Number(told) };
}
