import type { Instant } from './instant.ts';
import type { Happening, HappeningSeen, Seen, Via } from './observation.ts';

/**
 * How far the clocks of two ways may stand apart: an event and its audit row; an event that is dated by its sending, which
 * comes up to half a minute later; and a mail, which only tells minutes.
 */
const precisionMs = 2_000;
const sendingPrecisionMs = 30_000;
const mailPrecisionMs = 90_000;

/** What cannot happen twice in a moment is one, by whatever way it came; logins and failures may be many. */
const countable: ReadonlySet<Happening> = new Set(['login', 'login-failed', 'login-unknown-user']);

/**
 * The remembered observation that is this one, seen again: same account and action (the caller keeps one list for
 * each), times within the precision of both ways. Of logins and failures, one way brings each once: two failures a
 * second apart in one trail are two, and each pairs with one event. The very same time by the same way is a repeat, but
 * for what that way itself counts (`nth`).
 */
export function knownAs(observation: HappeningSeen, recent: readonly Seen[]): Seen | undefined {
  const near = recent
    .filter((one) => one.kind === observation.kind)
    .filter((one) => Math.abs(one.at - observation.at) <= precisionOf(one, observation))
    .filter((one) => sameAddress(one.address, observation.address))
    .sort((a, b) => Math.abs(a.at - observation.at) - Math.abs(b.at - observation.at));
  if (!countable.has(observation.kind)) return near[0];
  const repeats = near.filter((one) => toldAt(one, observation.via) === observation.at);
  return repeats[observation.nth ?? 0] ?? near.find((one) => !one.vias.includes(observation.via));
}

/** The moment that a way told of it; null where that way did not tell of it. */
function toldAt({ at, vias, ats }: Seen, via: Via): Instant | null {
  return vias.includes(via) ? (ats?.[via] ?? at) : null;
}

function precisionOf(seen: Seen, observation: HappeningSeen): number {
  if (observation.via === 'mail' || seen.vias.includes('mail')) return mailPrecisionMs;
  return seen.isTimeOfSending || observation.isTimeOfSending ? sendingPrecisionMs : precisionMs;
}

function sameAddress(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** How much is remembered: enough for the longest window that counts, and never without end. */
const rememberedMs = 24 * 3_600_000;
const rememberedCount = 200;

/** The list with this observation in it, and whether it was there before. */
export function remember(observation: HappeningSeen, recent: Seen[]): { recent: Seen[]; known: boolean } {
  if (isForgotten(observation, recent)) return { recent, known: true };
  const { kind, at, seenAt, address, origin, appliance, via } = observation;
  const known = knownAs(observation, recent);
  if (known) {
    const again = toldAgain(known, observation);
    return {
      recent: again === known ? recent : recent.map((one) => (one === known ? again : one)),
      known: true,
    };
  }
  const kept = recent.filter((one) => one.seenAt > seenAt - rememberedMs).slice(1 - rememberedCount);
  const loose = observation.isTimeOfSending ? { isTimeOfSending: true as const } : {};
  const seen = { kind, at, seenAt, address, origin, appliance, vias: [via], ...loose };
  return { recent: [...kept, seen], known: false };
}

/** In a flood what is older than all that is remembered was most likely counted: a number is better too low than doubled. */
function isForgotten({ kind, at }: HappeningSeen, recent: readonly Seen[]): boolean {
  return countable.has(kind) && recent.length >= rememberedCount && recent.every((one) => one.at > at);
}

function toldAgain(known: Seen, { at, address, origin, appliance, via }: HappeningSeen): Seen {
  const isNew = !known.vias.includes(via);
  const placed = known.address === null && address !== null;
  if (!isNew && !placed) return known;
  return {
    ...known,
    ...(placed ? { address, origin, appliance } : {}),
    vias: [...new Set([...known.vias, via])],
    ...(isNew && at !== known.at ? { ats: { ...known.ats, [via]: at } } : {}),
  };
}
