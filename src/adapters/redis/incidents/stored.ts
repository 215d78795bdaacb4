import { z } from 'zod';
import { MessageHandle } from '../../../domain/destination.ts';
import { GapError } from '../../../domain/gap.ts';
import { Effect, Incident, type IncidentRecord } from '../../../domain/incident.ts';
import { Seen } from '../../../domain/observation.ts';
import type { CardMessage } from '../../../ports/incidents.ts';
import type { RedisClient } from '../connect.ts';
import { parseJson } from '../records/json.ts';
import { keys } from './keys.ts';

/** The incident lies under its id alone; the record names it. */
const StoredRecord = z.strictObject({ incident: z.string().nullable(), recent: z.array(Seen) });
export const StoredEffect = z.strictObject({ incidentId: z.string(), version: z.int(), effect: Effect });
const Shows = z.record(z.string(), z.int());

/**
 * What another version wrote and this one cannot read is left as it is: guessing would open a second incident, and
 * passing it over would lose one. A worker of that version reads it.
 */
function unreadable(what: string): GapError {
  const detail = `${what} was stored by another version of Vaultcheck, and this one cannot read it. Run the same, newest version everywhere.`;
  return new GapError({ source: 'vaultcheck', cause: 'malformed', detail }, true);
}

/** Null where there is none. Throws GapError where there is one that cannot be read. */
export async function loadIncident(redis: RedisClient, id: string): Promise<Incident | null> {
  const text = await redis.get(keys.incident(id));
  if (text === null) return null;
  const incident = parseJson(text, Incident);
  if (incident === null) throw unreadable(`The incident ${id}`);
  return incident;
}

/** Those that are there; `unread`: how many of them cannot be read. */
export async function loadIncidents(
  redis: RedisClient,
  ids: readonly string[],
): Promise<{ incidents: Incident[]; unread: number }> {
  if (ids.length === 0) return { incidents: [], unread: 0 };
  const texts = await redis.mget(ids.map(keys.incident));
  const stored = texts.flatMap((text) => text ?? []);
  const incidents = stored.flatMap((text) => parseJson(text, Incident) ?? []);
  return { incidents, unread: stored.length - incidents.length };
}

/** All that stand on one card. Throws GapError where one cannot be read: a card without its name would be wrong. */
export async function loadStorm(redis: RedisClient, leader: string): Promise<Incident[]> {
  const { incidents, unread } = await loadIncidents(redis, await redis.zrange(keys.storm(leader), '0', '-1'));
  if (unread > 0) throw unreadable(`An incident on the card of ${leader}`);
  return incidents;
}

export async function loadRecord(redis: RedisClient, name: string): Promise<IncidentRecord> {
  const stored = await redis.hgetall(keys.record(name));
  if (stored['version'] === undefined || stored['record'] === undefined)
    return { key: name, version: 0, incident: null, recent: [] };
  const record = parseJson(stored['record'], StoredRecord);
  if (record === null) throw unreadable('An incident');
  const incident = record.incident === null ? null : await loadIncident(redis, record.incident);
  return { key: name, version: Number(stored['version']), incident, recent: record.recent };
}

/** One from before it was kept what a card shows counts as showing nothing: it is edited once more. */
export async function loadMessage(redis: RedisClient, id: string): Promise<CardMessage | null> {
  const { handle, version, told, shows } = await redis.hgetall(keys.message(id));
  const place = handle === undefined ? null : parseJson(handle, MessageHandle);
  const shown = shows === undefined ? null : parseJson(shows, Shows);
  return place && { handle: place, version: Number(version), told: Number(told), shows: shown ?? {} };
}
