import { z } from 'zod';
import { Instant } from './instant.ts';
import { ObservationSource, Seen, Sighting } from './observation.ts';

export const IncidentKind = z.enum([
  'account-locked',
  'login-failing',
  'password-changed',
  'unexpected-login',
  'secret-changed',
  'service-changed',
  'heartbeat-failed',
  'events-silent',
  'check-failed',
  'watch-blind',
]);
export type IncidentKind = z.infer<typeof IncidentKind>;

export const Severity = z.enum(['critical', 'high', 'medium']);
export type Severity = z.infer<typeof Severity>;

export const severityOf: { readonly [K in IncidentKind]: Severity } = {
  'account-locked': 'critical',
  'login-failing': 'high',
  'password-changed': 'high',
  'unexpected-login': 'high',
  'secret-changed': 'high',
  'service-changed': 'critical',
  'heartbeat-failed': 'medium',
  'events-silent': 'medium',
  'check-failed': 'high',
  'watch-blind': 'high',
};

export const CauseId = z.enum([
  'stale-qualys-record',
  'address-blocked',
  'mistyped-record',
  'other-client',
  'guessing',
  'unknown',
]);
export type CauseId = z.infer<typeof CauseId>;

/** Why it probably happened. All are sentences for people. */
export const Cause = z.strictObject({
  id: CauseId,
  text: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  /** What speaks for it; for `unknown`, what was looked at. */
  evidence: z.array(z.string()),
  /** The one thing to do. */
  next: z.string(),
});
export type Cause = z.infer<typeof Cause>;

/** What does not work because of it. `unread`: why something could not be looked at, in sentences. */
export const Breaks = z.strictObject({
  secrets: z.array(z.string()),
  scans: z.array(z.strictObject({ title: z.string(), at: Instant })),
  unread: z.array(z.string()),
});
export type Breaks = z.infer<typeof Breaks>;

/**
 * One line of the thread. `tell` is how it goes out: `thread` alone, `broadcast` to the channel too (a re-fire, a
 * higher severity), `mention` also names the group to escalate to, `silent` stands in the timeline only.
 */
export const TimelineEntry = z.strictObject({
  /** Counts up within the incident and is never used again. */
  seq: z.int().positive(),
  at: Instant,
  type: z.enum(['seen', 'opened', 'changed', 'acted', 'reminded', 'escalated', 'cleared', 'note']),
  what: z.string(),
  /** The person who did it; null for Vaultcheck. */
  by: z.string().nullable(),
  tell: z.enum(['thread', 'broadcast', 'mention', 'silent']),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

const Deed = z.strictObject({ by: z.string(), at: Instant });

/** How a person, or (`by` null) a poll or a check, closed it. */
export const Resolution = z.strictObject({
  by: z.string().nullable(),
  at: Instant,
  cause: z.string().nullable(),
  note: z.string().nullable(),
});
export type Resolution = z.infer<typeof Resolution>;

/** The stored incident. Its card is a pure function of it. */
export const Incident = z.strictObject({
  id: z.string(),
  /** What it is about. At most one incident of a key is not resolved. */
  key: z.string(),
  /** Rises with each change; an older one never wins over a newer. */
  version: z.int().positive(),
  kind: IncidentKind,
  severity: Severity,
  integration: z.string(),
  account: z.string().nullable(),
  secret: z.string().nullable(),
  /** What exactly, where the kind leaves it open: the service, how the secret was changed. */
  about: z.string().nullable(),
  state: z.enum(['open', 'acknowledged', 'resolved']),
  /** Beside `open` and `acknowledged`. */
  snoozed: z.strictObject({ by: z.string(), at: Instant, until: Instant }).nullable(),
  /** When the first observation happened, by Secret Server's clock. */
  since: Instant,
  /** When the last one happened, by Secret Server's clock. */
  lastAt: Instant,
  openedAt: Instant,
  updatedAt: Instant,
  /** When that which holds it open was last seen, by our clock: what clears must have looked later. */
  seenAt: Instant,
  /** Observations merged. */
  count: z.int().positive(),
  /** Failed logins among them, since it was opened or reopened and in the hour before. */
  failures: z.int().nonnegative().default(0),
  source: ObservationSource,
  /** The last reason that the source gave. */
  reason: z.string().nullable(),
  /** From where, newest first; `count` of each. */
  addresses: z.array(Sighting.extend({ count: z.int().positive() })),
  /** Failing checks, for `check-failed`. */
  checks: z.array(z.string()),
  /** How late the event came that opened it; null when it came in time. */
  lateMs: z.int().nullable(),
  acknowledged: Deed.nullable(),
  escalated: Deed.extend({ by: z.string().nullable() }).nullable(),
  resolution: Resolution.nullable(),
  /** When it was opened and reopened. */
  openings: z.array(Instant),
  /** Three openings in an hour: said on the card, and nobody is pinged for the next ones. */
  flapping: z.boolean(),
  /** The id of the incident on whose card this one stands, when many came at once; its own for that one. */
  storm: z.string().nullable(),
  cause: Cause.nullable(),
  breaks: Breaks.nullable(),
  remindAt: Instant.nullable(),
  escalateAt: Instant.nullable(),
  /** What was left until the escalation when it was snoozed. */
  escalateLeftMs: z.int().nullable(),
  timeline: z.array(TimelineEntry),
});
export type Incident = z.infer<typeof Incident>;

/** All that is stored under one key and changed together. `version` is that of the last change. */
export const IncidentRecord = z.strictObject({
  key: z.string(),
  version: z.int().nonnegative(),
  /** The one that is not resolved, or the last that was. */
  incident: Incident.nullable(),
  recent: z.array(Seen),
});
export type IncidentRecord = z.infer<typeof IncidentRecord>;

export const Timer = z.enum(['remind', 'escalate', 'snooze-end']);
export type Timer = z.infer<typeof Timer>;

/** What must happen because of a change. Stored with it, done afterwards, each at least once. */
export const Effect = z.discriminatedUnion('type', [
  /** Bring the chat into line: the card, and the lines of the timeline that its thread lacks. */
  z.strictObject({ type: z.literal('deliver') }),
  z.strictObject({ type: z.literal('timer'), timer: Timer, at: Instant }),
  /** Look again soon: the accounts (`poll`) or the secret (`check`). */
  z.strictObject({ type: z.literal('look-soon'), look: z.enum(['poll', 'check']), inMs: z.int().positive() }),
  /** Find the probable cause and what it breaks. */
  z.strictObject({ type: z.literal('enrich') }),
]);
export type Effect = z.infer<typeof Effect>;

export const incidentStates = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
/** The state in one word, as people are shown it. */
export type IncidentState = (typeof incidentStates)[number];

export function stateOf({ state, snoozed }: Pick<Incident, 'state' | 'snoozed'>): IncidentState {
  return state !== 'resolved' && snoozed ? 'snoozed' : state;
}
