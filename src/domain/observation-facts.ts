import type { Incident } from './incident.ts';
import { hourMs, type Instant } from './instant.ts';
import {
  isHappening,
  type Observation,
  type SecretChecked,
  type Seen,
  type Sighting,
} from './observation.ts';

const addressesKept = 20;

/** When it was so: a state was so when the look began. */
export function happenedAt(observation: Observation): Instant {
  return isHappening(observation) ? observation.at : observation.beganAt;
}

/** `adds`: what each counts. A look tells where it failed last, and what it tells of was counted as it happened: 0. */
export function mergedAddresses(
  known: Incident['addresses'],
  seen: readonly Sighting[],
  adds: 0 | 1 = 1,
): Incident['addresses'] {
  const merged = new Map(known.map((one) => [one.address, one]));
  for (const { at, address, origin, appliance } of seen) {
    const before = merged.get(address);
    const last = Math.max(at, before?.at ?? at);
    const count = Math.max(1, (before?.count ?? 0) + adds);
    merged.set(address, { at: last, address, origin, appliance, count });
  }
  return [...merged.values()].sort((a, b) => b.at - a.at).slice(0, addressesKept);
}

/** The failures of the hour before an observation: a lockout's own event tells no address, and they do. */
export function attemptsIn(recent: readonly Seen[], observation: Observation): Seen[] {
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

/** What an observation counts at the address that it tells. */
export function addsOf(observation: Observation): 0 | 1 {
  return isHappening(observation) && observation.kind !== 'account-locked' ? 1 : 0;
}

/** `checks`: those that fail, of which the first finding is told. */
export function reasonOf(observation: Observation, checks: readonly string[]): string | null {
  if (isHappening(observation)) return observation.reason;
  if (observation.kind !== 'secret-checked') return null;
  return checks.map((id) => observation.findings[id]).find((text) => text !== undefined) ?? null;
}

export function aboutOf(observation: Observation): string | null {
  if (isHappening(observation)) return observation.details;
  return observation.kind === 'service-state' ? observation.service : null;
}

/** The failing checks of an incident after an observation: without those that are judged and do not fail any more. */
export function checksAfter(observation: Observation, before: readonly string[]): string[] {
  if (observation.kind !== 'secret-checked') return [...before];
  const still = before.filter((id) => !isJudgedWell(observation, id));
  return [...new Set([...still, ...observation.newlyFailing])];
}

export function isJudgedWell({ verdicts }: SecretChecked, id: string): boolean {
  const verdict = verdicts[id];
  return verdict !== undefined && verdict !== 'fail' && verdict !== 'unknown';
}
