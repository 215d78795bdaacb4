import type { Incident, IncidentRecord } from '../../domain/incident.ts';
import type { Ignored, IncidentRules, Step, StepContext } from '../../domain/incident-moves.ts';
import { type IncidentEvent, step } from '../../domain/incident-table.ts';
import type { Seen } from '../../domain/observation.ts';
import type { IncidentDispatch, Incidents, StormJoined } from '../../ports/incidents.ts';
import type { Clock } from '../clock.ts';
import { putOnTheirWay } from './outbox.ts';

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
    const next = noted.ignored
      ? { ignored: noted.ignored }
      : leading(step(record.incident, event, context), newId);
    if ('ignored' in next) {
      if (!(await remembered(tools, record, noted))) continue;
      return { outcome: 'ignored', why: next.ignored, before: record.incident };
    }
    const { effects, incident } = next;
    const changed = { key, version: context.version, incident, recent: noted.recent };
    const opens = incident?.id === newId;
    const storm = opens ? { storm: stormOf(incident) } : {};
    const stored = await tools.incidents.commit({ record: changed, effects, ...storm });
    if (stored === 'conflict') continue;
    // It is stored, and so are its effects: what cannot be put on its way now is when the outbox is swept.
    await putOnTheirWay(tools, stored, incident).catch(() => {});
    return { outcome: 'changed', incident: opens ? await tools.incidents.load(newId) : incident };
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

/** Stores what is remembered beside an incident that did not change. False: somebody else was faster. */
async function remembered(
  { incidents }: IncidentTools,
  record: IncidentRecord,
  { recent }: Noted,
): Promise<boolean> {
  if (recent === record.recent) return true;
  const same = { ...record, version: record.version + 1, recent };
  return (await incidents.commit({ record: same, effects: [] })) !== 'conflict';
}

/** One that opens leads the storm that perhaps follows it, unless another leads when it is stored. */
function leading(next: Step, newId: string): Step {
  if ('ignored' in next || next.incident?.id !== newId) return next;
  return { ...next, incident: { ...next.incident, storm: newId } };
}

/** The leader's card names the others, so their threads need not say that they began. */
function stormOf(incident: Incident): StormJoined {
  const timeline = incident.timeline.map((one) => ({ ...one, tell: 'silent' as const }));
  return {
    cause: JSON.stringify([incident.integration, incident.kind]),
    forMs: stormMs,
    joining: (leader) => ({ ...incident, storm: leader, timeline }),
  };
}
