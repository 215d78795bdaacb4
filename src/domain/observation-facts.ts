import type { Incident } from './incident.ts';
import { hourMs, type Instant } from './instant.ts';
import { isHappening, type Observation, type Seen, type Sighting } from './observation.ts';

const addressesKept = 20;

/** When it was so: a state was so when the look began. */
export function happenedAt(observation: Observation): Instant {
  return isHappening(observation) ? observation.at : observation.beganAt;
}

export function mergedAddresses(
  known: Incident['addresses'],
  seen: readonly Sighting[],
): Incident['addresses'] {
  const merged = new Map(known.map((one) => [one.address, one]));
  for (const { at, address, origin, appliance } of seen) {
    const before = merged.get(address);
    const last = Math.max(at, before?.at ?? at);
    merged.set(address, { at: last, address, origin, appliance, count: (before?.count ?? 0) + 1 });
  }
  return [...merged.values()].sort((a, b) => b.at - a.at).slice(0, addressesKept);
}

/** The failures of the hour before an observation: a lockout's own event tells no address, and they do. */
export function attemptsIn(recent: readonly Seen[], observation: Observation): Sighting[] {
  const at = happenedAt(observation);
  return recent
    .filter((one) => one.kind === 'login-failed' || one.kind === 'login-unknown-user')
    .filter((one) => Math.abs(one.at - at) <= hourMs);
}

/** From where, where the observation is an attempt to log in or tells an address. */
export function sightingsOf(observation: Observation): Sighting[] {
  if (!isHappening(observation)) {
    return observation.kind === 'account-state' ? observation.failures.slice(0, 1) : [];
  }
  const { kind, at, address, origin, appliance } = observation;
  const isAttempt = kind === 'login' || kind === 'login-failed' || kind === 'login-unknown-user';
  return isAttempt || address !== null ? [{ at, address, origin, appliance }] : [];
}

export function reasonOf(observation: Observation): string | null {
  if (isHappening(observation)) return observation.reason;
  return observation.kind === 'secret-checked' ? observation.finding : null;
}

export function aboutOf(observation: Observation): string | null {
  if (isHappening(observation)) return observation.details;
  return observation.kind === 'service-state' ? observation.service : null;
}

export function checksOf(observation: Observation): string[] {
  return observation.kind === 'secret-checked' ? [...observation.newlyFailing] : [];
}
