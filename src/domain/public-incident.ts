import { z } from 'zod';
import { CauseId, type Incident, IncidentKind, incidentStates, stateOf } from './incident.ts';

const Timestamp = z.iso.datetime();

/** The public document of `incidents --json`. Fields may be added; none changes meaning. */
export const PublicIncident = z.strictObject({
  schema: z.literal('vaultcheck.incident/1'),
  id: z.string(),
  kind: IncidentKind,
  integration: z.string(),
  account: z.string().nullable(),
  secret: z.string().nullable(),
  state: z.enum(incidentStates),
  openedAt: Timestamp,
  updatedAt: Timestamp,
  count: z.int(),
  acknowledgedBy: z.string().nullable(),
  snoozedUntil: Timestamp.nullable(),
  /** The person, or `vaultcheck` when it was seen to be over. */
  resolvedBy: z.string().nullable(),
  cause: z
    .strictObject({ id: CauseId, text: z.string(), confidence: z.enum(['high', 'medium', 'low']) })
    .nullable(),
  timeline: z.array(z.strictObject({ at: Timestamp, what: z.string(), by: z.string().nullable() })),
});
export type PublicIncident = z.infer<typeof PublicIncident>;

export function publicIncident(incident: Incident): PublicIncident {
  const { id, kind, integration, account, secret, count, cause, resolution, snoozed } = incident;
  return {
    schema: 'vaultcheck.incident/1',
    id,
    kind,
    integration,
    account,
    secret,
    state: stateOf(incident),
    openedAt: iso(incident.openedAt),
    updatedAt: iso(incident.updatedAt),
    count,
    acknowledgedBy: incident.acknowledged?.by ?? null,
    snoozedUntil: snoozed ? iso(snoozed.until) : null,
    resolvedBy: resolution ? (resolution.by ?? 'vaultcheck') : null,
    cause: cause && { id: cause.id, text: cause.text, confidence: cause.confidence },
    timeline: incident.timeline.map(({ at, what, by }) => ({ at: iso(at), what, by })),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
