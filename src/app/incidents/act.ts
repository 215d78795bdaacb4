import type { Incident } from '../../domain/incident.ts';
import type { Act } from '../../domain/incident-table.ts';
import type { Instant } from '../../domain/instant.ts';
import { changeIncident, type IncidentTools } from './change.ts';

/**
 * What a person is told.
 * - `done` it is so now
 * - `already` somebody (`by` null: Vaultcheck, which saw it over) did it before, then
 * - `too-late` the time to snooze until has passed
 * - `gone` the incident is not kept any more
 */
export type ActOutcome =
  | { outcome: 'done'; incident: Incident }
  | {
      outcome: 'already';
      what: 'acknowledged' | 'escalated' | 'resolved';
      by: string | null;
      at: Instant;
      incident: Incident;
    }
  | { outcome: 'too-late'; incident: Incident }
  | { outcome: 'gone' };

/** Does what a person asked for. Of ten who click at once one wins, and the others are told who. */
export async function act(tools: IncidentTools, id: string, what: Act): Promise<ActOutcome> {
  const incident = await tools.incidents.load(id);
  if (incident === null) return { outcome: 'gone' };
  const record = await tools.incidents.record(incident.key);
  // Another one has begun under the same key since: this one is over.
  if (record.incident?.id !== id) return already(incident, 'resolved');
  const changed = await changeIncident(tools, incident.key, { type: 'acted', act: what });
  if (changed.outcome === 'changed') {
    return { outcome: 'done', incident: changed.incident ?? incident };
  }
  const before = changed.before ?? incident;
  switch (changed.why) {
    case 'already-acknowledged':
      return already(before, 'acknowledged');
    case 'already-escalated':
      return already(before, 'escalated');
    case 'in-the-past':
      return { outcome: 'too-late', incident: before };
    default:
      return already(before, 'resolved');
  }
}

function already(incident: Incident, what: 'acknowledged' | 'escalated' | 'resolved'): ActOutcome {
  const deed = {
    acknowledged: incident.acknowledged,
    escalated: incident.escalated,
    resolved: incident.resolution,
  }[what];
  const { by, at } = deed ?? { by: null, at: incident.updatedAt };
  return { outcome: 'already', what, by, at, incident };
}
