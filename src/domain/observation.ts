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
    /** The verdict of each blocking check. */
    verdicts: z.record(z.string(), VerdictWord),
    /** Those that fail now and were not known to fail before. */
    newlyFailing: z.array(z.string()),
    /** The first finding of those that fail, for the card. */
    finding: z.string().nullable(),
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
});
export type Seen = z.infer<typeof Seen>;

/** How far the clocks of two ways may stand apart: an event and its audit row, and a mail, which only tells minutes. */
const precisionMs = 2_000;
const mailPrecisionMs = 90_000;

/** What cannot happen twice in a moment is one, by whatever way it came; logins and failures may be many. */
const countable: ReadonlySet<Happening> = new Set(['login', 'login-failed', 'login-unknown-user']);

/**
 * The remembered observation that is this one, seen again: same account and action (the caller keeps one list for
 * each), times within the precision of both ways. Of logins and failures, one way brings each once: two failures a
 * second apart in one trail are two, and each pairs with one event. The very same time by the same way is a repeat.
 */
export function knownAs(observation: HappeningSeen, recent: readonly Seen[]): Seen | undefined {
  const near = recent
    .filter((one) => one.kind === observation.kind)
    .filter((one) => Math.abs(one.at - observation.at) <= precisionOf(one, observation))
    .filter((one) => sameAddress(one.address, observation.address))
    .sort((a, b) => Math.abs(a.at - observation.at) - Math.abs(b.at - observation.at));
  if (!countable.has(observation.kind)) return near[0];
  const repeat = near.find((one) => one.at === observation.at && one.vias.includes(observation.via));
  return repeat ?? near.find((one) => !one.vias.includes(observation.via));
}

function precisionOf(seen: Seen, { via }: HappeningSeen): number {
  return via === 'mail' || seen.vias.includes('mail') ? mailPrecisionMs : precisionMs;
}

function sameAddress(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** How much is remembered: enough for the longest window that counts, and never without end. */
const rememberedMs = 24 * 3_600_000;
const rememberedCount = 200;

/** The list with this observation in it, and whether it was there before. */
export function remember(
  observation: HappeningSeen,
  recent: readonly Seen[],
): { recent: Seen[]; known: boolean } {
  const { kind, at, seenAt, address, origin, appliance, via } = observation;
  const known = knownAs(observation, recent);
  if (known) {
    const place = known.address === null ? { address, origin, appliance } : {};
    const again = { ...known, ...place, vias: [...new Set([...known.vias, via])] };
    return { recent: recent.map((one) => (one === known ? again : one)), known: true };
  }
  const kept = recent.filter((one) => one.seenAt > seenAt - rememberedMs).slice(1 - rememberedCount);
  return { recent: [...kept, { kind, at, seenAt, address, origin, appliance, vias: [via] }], known: false };
}
