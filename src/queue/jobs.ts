import { z } from 'zod';
import { AuditSubject } from '../domain/audit.ts';
import { Content, Destination } from '../domain/destination.ts';
import { Timer } from '../domain/incident.ts';
import { Instant } from '../domain/instant.ts';
import { Observation } from '../domain/observation.ts';

/**
 * Every payload that may travel, versioned. Job data is clear text in Redis: ids and handles only, never a secret.
 * Each kind has one side effect: `verify`, `verify-all` and `audit` gather and store; `observe`, `timer` and `enrich`
 * change an incident; `deliver` and `incident-deliver` talk to the chat. `poll` and `watch` look by themselves and take in
 * what they saw, in order.
 */
const Verify = z.strictObject({
  kind: z.literal('verify'),
  version: z.literal(1),
  runId: z.string(),
  integration: z.string(),
  secret: z.string().min(1),
  to: Destination,
  askedAt: Instant,
});

const VerifyAll = z.strictObject({
  kind: z.literal('verify-all'),
  version: z.literal(1),
  batchId: z.string(),
  /** null: every integration. */
  integration: z.string().nullable(),
  to: Destination,
  askedAt: Instant,
});

const Audit = z.strictObject({
  kind: z.literal('audit'),
  version: z.literal(1),
  auditId: z.string(),
  integration: z.string(),
  subject: AuditSubject,
  sinceMs: z.int().positive(),
  to: Destination,
  askedAt: Instant,
});

const Deliver = z.strictObject({
  kind: z.literal('deliver'),
  version: z.literal(1),
  deliveryId: z.string(),
  content: Content,
  to: Destination,
  createdAt: Instant,
});

/** Something seen; it opens, feeds or clears incidents. May be added any number of times. */
const Observe = z.strictObject({
  kind: z.literal('observe'),
  version: z.literal(1),
  observation: Observation,
});

const Enrich = z.strictObject({ kind: z.literal('enrich'), version: z.literal(1), incidentId: z.string() });

/** Brings the chat into line with an incident, as it stands when the job runs. */
const IncidentDeliver = z.strictObject({
  kind: z.literal('incident-deliver'),
  version: z.literal(1),
  incidentId: z.string(),
  createdAt: Instant,
});

/** A reminder, an escalation or the end of a snooze. Nothing happens when the incident has another time for it by then. */
const TimerDue = z.strictObject({
  kind: z.literal('timer'),
  version: z.literal(1),
  incidentId: z.string(),
  timer: Timer,
  dueAt: Instant,
});

/** Looks at all scan accounts of an integration. */
const Poll = z.strictObject({ kind: z.literal('poll'), version: z.literal(1), integration: z.string() });

/** Runs all checks. `secret` null: on every watched secret. */
const Watch = z.strictObject({
  kind: z.literal('watch'),
  version: z.literal(1),
  integration: z.string(),
  secret: z.string().min(1).nullable(),
});

export const Job = z.discriminatedUnion('kind', [
  Verify,
  VerifyAll,
  Audit,
  Deliver,
  Observe,
  Enrich,
  IncidentDeliver,
  TimerDue,
  Poll,
  Watch,
]);
export type Job = z.infer<typeof Job>;

export type JobKind = Job['kind'];
export type JobOf<K extends JobKind> = Extract<Job, { kind: K }>;

/** The kinds with the one version of each that this program understands. */
export const jobVersions: { readonly [K in JobKind]: JobOf<K>['version'] } = {
  verify: 1,
  'verify-all': 1,
  audit: 1,
  deliver: 1,
  observe: 1,
  enrich: 1,
  'incident-deliver': 1,
  timer: 1,
  poll: 1,
  watch: 1,
};

/** Puts jobs where a worker finds them. */
export type Producer = {
  /**
   * Resolves when the job is stored. Rejects with `QueueUnavailable` well within the 3 seconds that a chat gives, and
   * then nothing was started. The same `id` is stored once.
   */
  add(job: Job, options?: { id?: string; delayMs?: number }): Promise<void>;
};

/** The queue could not take a job: nothing was started. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}
