import type { Incident, IncidentRecord } from '../../domain/incident.ts';
import type { Ignored, IncidentRules, StepContext } from '../../domain/incident-moves.ts';
import { type IncidentEvent, step } from '../../domain/incident-table.ts';
import type { Seen } from '../../domain/observation.ts';
import type { IncidentDispatch, Incidents } from '../../ports/incidents.ts';
import type { Clock } from '../clock.ts';
import { flush } from './outbox.ts';

/** What changes of incidents work with. */
export type IncidentTools = {
  incidents: Incidents;
  dispatch: IncidentDispatch;
  rules: IncidentRules;
  clock: Clock;
  newId(): string;
};

/** What became of an event. `before` is what the table judged. */
export type ChangeOutcome =
  | { outcome: 'changed'; incident: Incident | null }
  | { outcome: 'ignored'; why: Ignored; before: Incident | null };

/** What is remembered beside the incident, and whether that alone already decides. */
export type Noted = { recent: Seen[]; ignored?: Ignored };

/** Somebody else's change comes between now and then; so many in a row is a bug. */
const attempts = 100;

/** Several incidents of one kind that open within this time stand on one card. */
const stormMs = 60_000;

/**
 * Reads what is stored under a key, lets the table decide, and stores state and effects together; when somebody else
 * was faster, reads and decides again. Then puts the effects on their way.
 */
export async function changeIncident(
  tools: IncidentTools,
  key: string,
  event: IncidentEvent,
  note: (record: IncidentRecord) => Noted = ({ recent }) => ({ recent }),
): Promise<ChangeOutcome> {
  const newId = tools.newId();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const record = await tools.incidents.record(key);
    const noted = note(record);
    const context = contextOf(tools, record, { newId, recent: noted.recent });
    const next = noted.ignored ? { ignored: noted.ignored } : step(record.incident, event, context);
    const stored = await store(tools, record, { noted, next, newId });
    if (stored === 'conflict') continue;
    if ('ignored' in next) return { outcome: 'ignored', why: next.ignored, before: record.incident };
    await flush(tools);
    return { outcome: 'changed', incident: next.incident };
  }
  throw new Error('An incident was changed by others a hundred times in a row.');
}

function contextOf(
  { rules, clock }: IncidentTools,
  { key, version }: IncidentRecord,
  { newId, recent }: { newId: string; recent: readonly Seen[] },
): StepContext {
  return { at: clock.now(), rules, recent, newId, version: version + 1, key };
}

type Decided = { noted: Noted; next: ReturnType<typeof step>; newId: string };

async function store(
  { incidents }: IncidentTools,
  record: IncidentRecord,
  { noted, next, newId }: Decided,
): Promise<'stored' | 'conflict'> {
  const { key, version } = record;
  if ('ignored' in next) {
    if (noted.recent === record.recent) return 'stored';
    const same = { key, version: version + 1, incident: record.incident, recent: noted.recent };
    return incidents.commit({ record: same, effects: [] });
  }
  const incident = next.incident?.id === newId ? await inStorm(incidents, next.incident) : next.incident;
  return incidents.commit({
    record: { key, version: version + 1, incident, recent: noted.recent },
    effects: next.effects,
  });
}

/** The first of a kind leads the storm that perhaps follows it; the card names the others, so their threads need not. */
async function inStorm(incidents: Incidents, incident: Incident): Promise<Incident> {
  const cause = JSON.stringify([incident.integration, incident.kind]);
  const storm = await incidents.joinStorm(cause, incident.id, stormMs);
  if (storm === incident.id) return { ...incident, storm };
  const timeline = incident.timeline.map((one) => ({ ...one, tell: 'silent' as const }));
  return { ...incident, storm, timeline };
}
