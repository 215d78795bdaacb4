import { randomUUID } from 'node:crypto';
import type { IncidentTools } from '../../../src/app/incidents/change.ts';
import { type Incident, type IncidentRecord, stateOf } from '../../../src/domain/incident.ts';
import type { CardMessage, Incidents, PendingEffect, StormJoined } from '../../../src/ports/incidents.ts';
import type { FreeTurns } from '../../../src/ports/turns.ts';
import { incidentRules } from '../../incidents.ts';

/** The store in memory. Each question gives way to others first, so that processes run into each other. */
export function memoryIncidents(): Incidents {
  const records = new Map<string, IncidentRecord>();
  const incidents = new Map<string, Incident>();
  const storms = new Map<string, string[]>();
  const leaders = new Map<string, string>();
  const messages = new Map<string, CardMessage>();
  let outbox: PendingEffect[] = [];
  let sequence = 0;
  const turn = () => Promise.resolve();
  const inStorm = (incident: Incident, { cause, joining }: StormJoined) => {
    const leader = leaders.get(cause) ?? incident.id;
    leaders.set(cause, leader);
    storms.set(leader, [...(storms.get(leader) ?? []), incident.id]);
    return leader === incident.id ? incident : joining(leader);
  };
  const live = () => [...incidents.values()].filter(({ state }) => state !== 'resolved');
  return {
    async record(key) {
      await turn();
      return records.get(key) ?? { key, version: 0, incident: null, recent: [] };
    },
    async load(id) {
      await turn();
      return incidents.get(id) ?? null;
    },
    async commit({ record, effects, storm }) {
      await turn();
      if ((records.get(record.key)?.version ?? 0) !== record.version - 1) return 'conflict';
      const incident = storm && record.incident ? inStorm(record.incident, storm) : record.incident;
      records.set(record.key, { ...record, incident });
      if (!incident) return [];
      incidents.set(incident.id, incident);
      const about = { incidentId: incident.id, version: incident.version };
      const stored = effects.map((effect) => {
        sequence += 1;
        return { id: String(sequence), ...about, effect };
      });
      outbox.push(...stored);
      return stored;
    },
    list: async ({ states, limit }) =>
      [...incidents.values()].filter((one) => states.includes(stateOf(one))).slice(0, limit),
    openCount: async () => live().length,
    unread: async () => ({ incidents: 0, effects: 0 }),
    park: async () => undefined,
    takeUpParked: async () => 0,
    async pending(limit) {
      await turn();
      return outbox.slice(0, limit);
    },
    async done(ids) {
      outbox = outbox.filter(({ id }) => !ids.includes(id));
    },
    storm: async (leader) => (storms.get(leader) ?? []).flatMap((id) => incidents.get(id) ?? []),
    message: async (id) => messages.get(id) ?? null,
    async saveMessage(id, message) {
      messages.set(id, message);
    },
  };
}

/** A world with a clock that is set, and every effect that was put on its way, each id once. */
export function incidentWorld(incidents = memoryIncidents()) {
  const dispatched = new Map<string, { pending: PendingEffect; incident: Incident }>();
  const clock = { time: 0, now: () => clock.time };
  const tools: IncidentTools = {
    incidents,
    dispatch: {
      dispatch: async (pending, incident) => void dispatched.set(pending.id, { pending, incident }),
    },
    rules: incidentRules,
    clock,
    newId: randomUUID,
  };
  return { tools, clock, dispatched };
}

/** Turns of one process. */
export function memoryFreeTurns(): FreeTurns {
  const taken = new Set<string>();
  return {
    async take(key, work) {
      if (taken.has(key)) return null;
      taken.add(key);
      return work(new AbortController().signal).finally(() => taken.delete(key));
    },
  };
}
