import { act } from '../../src/app/incidents/act.ts';
import type { IncidentTools } from '../../src/app/incidents/change.ts';
import { deliverIncident } from '../../src/app/incidents/deliver.ts';
import { GapError } from '../../src/domain/gap.ts';
import { type Incident, type IncidentRecord, stateOf } from '../../src/domain/incident.ts';
import type { CardMessage, Incidents } from '../../src/ports/incidents.ts';
import type { Pace } from '../../src/ports/pace.ts';
import { slackIncidentNotifier } from '../../src/slack/incident-notifier.ts';
import type { IncidentDesk, IncidentNotifierOptions, IncidentSetting } from '../../src/slack/options.ts';
import { memoryFreeTurns } from '../app/incidents/memory.ts';

export const setting: IncidentSetting = {
  alerts: 'C0ALERTS',
  links: [],
  mention: 'S0ONCALL',
  integrations: [
    { integration: 'corp', alerts: null, addresses: true },
    { integration: 'lab', alerts: 'C0GENERAL', addresses: true },
  ],
};

/** Lets everything go at once. */
export const openPace: Pace = {
  ask: async () => 0,
  done: async () => undefined,
  failed: async (_, toldMs) => toldMs ?? 1000,
};

/** The port over plain maps, with a switch for a store that is away. */
export function memoryIncidents() {
  const records = new Map<string, IncidentRecord>();
  const all = new Map<string, Incident>();
  const messages = new Map<string, CardMessage>();
  const at = { away: false, foreign: false, unread: 0 };
  const reachable = <T>(found: T): T => {
    if (at.away) throw new Error('away');
    if (at.foreign)
      throw new GapError({ source: 'vaultcheck', cause: 'malformed', detail: 'Another version.' });
    return found;
  };
  const incidents: Incidents = {
    record: async (key) => reachable(records.get(key) ?? { key, version: 0, incident: null, recent: [] }),
    load: async (id) => reachable(all.get(id) ?? null),
    async commit({ record }) {
      if ((records.get(record.key)?.version ?? 0) !== record.version - 1) return 'conflict';
      records.set(record.key, record);
      if (record.incident) all.set(record.incident.id, record.incident);
      return [];
    },
    list: async ({ states, limit }) =>
      [...all.values()]
        .filter((one) => states.includes(stateOf(one)))
        .sort((a, b) => b.updatedAt - a.updatedAt)
        .slice(0, limit),
    openCount: async () => [...all.values()].filter(({ state }) => state !== 'resolved').length,
    pending: async () => [],
    done: async () => undefined,
    unread: async () => reachable({ incidents: at.unread, effects: 0 }),
    park: async () => undefined,
    takeUpParked: async () => 0,
    storm: async (leader) => [...all.values()].filter(({ storm }) => storm === leader),
    message: async (id) => messages.get(id) ?? null,
    async saveMessage(id, message) {
      messages.set(id, message);
    },
  };
  return { incidents, records, all, messages, at };
}

/** Incidents of one workspace: those who click, and what brings the chat into line. */
export function incidentRoom(options: Omit<IncidentNotifierOptions, 'incidents'>) {
  const store = memoryIncidents();
  const tools: IncidentTools = {
    incidents: store.incidents,
    dispatch: { dispatch: async () => undefined },
    rules: {
      failedLogins: { count: 3, withinMs: 600_000 },
      remindAfterMs: 900_000,
      escalateAfterMs: 1_800_000,
      autoResolve: true,
      quietHours: null,
    },
    clock: { now: options.clock },
    newId: () => 'another',
  };
  const desk: IncidentDesk = {
    setting,
    records: store.incidents,
    act: (id, what) => act(tools, id, what),
  };
  const notifier = slackIncidentNotifier({ ...options, incidents: setting });
  const turns = memoryFreeTurns();
  return {
    ...store,
    desk,
    /** As the queue does after a change. */
    deliver: (id: string) => deliverIncident({ incidents: store.incidents, notifier, turns }, id),
    /** Puts an incident there as if it had been opened. */
    put(incident: Incident) {
      store.all.set(incident.id, incident);
      store.records.set(incident.key, { key: incident.key, version: incident.version, incident, recent: [] });
      return incident;
    },
  };
}

/** Where no incident ever is. */
export const noIncidents: IncidentDesk = {
  setting,
  records: memoryIncidents().incidents,
  act: async () => ({ outcome: 'gone' }),
};
