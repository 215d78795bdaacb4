import type { Timer } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';
import { type ChangeOutcome, changeIncident, type IncidentTools } from './change.ts';

/**
 * A timer came due. Nothing happens when the incident has another time for it by then, so it may come twice, late, or
 * from a process that no longer knows why.
 */
export async function timerDue(
  tools: IncidentTools,
  { incidentId, timer, dueAt }: { incidentId: string; timer: Timer; dueAt: Instant },
): Promise<ChangeOutcome> {
  const incident = await tools.incidents.load(incidentId);
  if (incident === null) return { outcome: 'ignored', why: 'no-incident', before: null };
  const record = await tools.incidents.record(incident.key);
  if (record.incident?.id !== incidentId) return { outcome: 'ignored', why: 'out-of-date', before: incident };
  return changeIncident(tools, incident.key, { type: 'due', timer, dueAt });
}
