import { z } from 'zod';
import { Instant } from './instant.ts';
import { VerdictWord } from './report.ts';

/** Which of our senses saw it. */
export const ObservationSource = z.enum(['syslog', 'poll', 'watch']);
export type ObservationSource = z.infer<typeof ObservationSource>;

/** The way it came. The same thing may come by several; by one way it comes twice only when it is sent again. */
export const Via = z.enum(['udp', 'tcp', 'tls', 'mail', 'poll', 'watch']);
export type Via = z.infer<typeof Via>;

/** Whose address it is. `unknown`: it has none, or no appliance's address is configured. */
export const Origin = z.enum(['appliance', 'elsewhere', 'unknown']);
export type Origin = z.infer<typeof Origin>;

/** The last login, or the last failed one, from one address. */
export const Sighting = z.strictObject({
  at: Instant,
  address: z.string().nullable(),
  origin: Origin,
  /** The appliance's configured name. */
  appliance: z.string().nullable(),
});
export type Sighting = z.infer<typeof Sighting>;

/** Things that happened at a moment. They open and feed incidents; only seen by a poll do they count as seen. */
export const Happening = z.enum([
  'account-locked',
  'account-unlocked',
  'login',
  'login-failed',
  /** Somebody failed with a name that does not exist, from an appliance or near a scan account's name. */
  'login-unknown-user',
  'password-changed',
  'secret-changed',
  'service-off',
  'service-on',
  'heartbeat-failed',
  'heartbeat-succeeded',
  /** A poll saw an audit row whose event never came. */
  'events-missing',
  'events-arrived',
  'look-failed',
]);
export type Happening = z.infer<typeof Happening>;

const base = {
  integration: z.string(),
  /** The scan account in the configuration's spelling: `CORP\svc-qualys`. */
  account: z.string().nullable(),
  secret: z.string().nullable(),
  /** When it happened, by Secret Server's own clock where it told. */
  at: Instant,
  /** When we saw it, by ours. */
  seenAt: Instant,
  source: ObservationSource,
  via: Via,
};

/** A state that a poll or a check found. `beganAt`: when it began to look; what it found was true no earlier. */
const looked = { ...base, beganAt: Instant };

/**
 * Something seen that bears on an incident. Those with `beganAt` are states that a poll or a check found: they alone
 * can clear, since anybody can forge an event. Texts in it were typed by people: escape them before showing them.
 */
export const Observation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: Happening,
    ...base,
    address: z.string().nullable(),
    origin: Origin,
    appliance: z.string().nullable(),
    /** Why, in the source's words; cut to 300 characters. */
    reason: z.string().nullable(),
    /** What exactly: the mistyped name, the service (`web-services`), how a secret was changed (`renamed`). */
    details: z.string().nullable(),
    /** Of what one way tells of the same moment and place, the second is 1. Absent: the first, or the only one. */
    nth: z.int().positive().optional(),
    /** The event told no time of its own: `at` is when it was sent or received, up to half a minute later. */
    isTimeOfSending: z.literal(true).optional(),
  }),
  /** How a scan account stands. */
  z.strictObject({
    kind: z.literal('account-state'),
    ...looked,
    locked: z.boolean(),
    /** The latest of each address, newest first, of the window. */
    logins: z.array(Sighting),
    failures: z.array(Sighting),
    passwordChangedAt: Instant.nullable(),
    /** When Qualys' vault record was last edited; null when that is not known. */
    recordEditedAt: Instant.nullable(),
  }),
  /** What a full check made of a secret. */
  z.strictObject({
    kind: z.literal('secret-checked'),
    ...looked,
    /** The verdict of each blocking check; of one whose failure was accepted, `skipped`. */
    verdicts: z.record(z.string(), VerdictWord),
    /** Those that fail now and were not known to fail before. */
    newlyFailing: z.array(z.string()),
    /** The findings of those that fail, cut, for the card. */
    findings: z.record(z.string(), z.string()),
    runId: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('service-state'),
    ...looked,
    service: z.enum(['web-services', 'force-https']),
    on: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('heartbeat-state'), ...looked, succeeded: z.boolean() }),
  /** A poll or a check worked: Vaultcheck can see. */
  z.strictObject({ kind: z.literal('look-worked'), ...looked }),
]);
export type Observation = z.infer<typeof Observation>;

/** An observation of something that happened. */
export type HappeningSeen = Extract<Observation, { kind: Happening }>;
export type StateSeen = Exclude<Observation, { kind: Happening }>;
export type AccountState = Extract<Observation, { kind: 'account-state' }>;
export type SecretChecked = Extract<Observation, { kind: 'secret-checked' }>;

export function isHappening(observation: Observation): observation is HappeningSeen {
  return !('beganAt' in observation);
}

/** What is remembered of an observation, to know it again and to count. */
export const Seen = z.strictObject({
  kind: Happening,
  at: Instant,
  seenAt: Instant,
  address: z.string().nullable(),
  origin: Origin,
  appliance: z.string().nullable(),
  vias: z.array(Via),
  /** The moment by each way that tells another than `at`. */
  ats: z.partialRecord(Via, Instant).optional(),
  isTimeOfSending: z.literal(true).optional(),
});
export type Seen = z.infer<typeof Seen>;

/** Whether it is a try to log in that failed: those are what a card counts. */
export function isFailure(observation: Observation): observation is HappeningSeen {
  return observation.kind === 'login-failed' || observation.kind === 'login-unknown-user';
}
