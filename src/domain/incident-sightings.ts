import type { Incident, IncidentKind } from './incident.ts';
import { familyOf } from './incident-key.ts';
import { type Instant, minuteMs, moment, span } from './instant.ts';
import { isFailure, isHappening, type Observation, type Seen } from './observation.ts';
import {
  aboutOf,
  addsOf,
  attemptsIn,
  checksAfter,
  happenedAt,
  mergedAddresses,
  reasonOf,
  sightingsOf,
} from './observation-facts.ts';
import { observationText } from './observation-words.ts';

/** An event later than this came late, and the card says so. Polls are late by their nature. */
const lateAfterMs = minuteMs;

/** What an opening tells of its beginning, which lies after `endedAt` of the last: when, from where, how often, why. */
export function firstSeen(
  observation: Observation,
  kind: IncidentKind,
  recent: readonly Seen[],
  endedAt: Instant | null = null,
) {
  const happened = happenedAt(observation);
  const attempts = familyOf[kind] === 'login' ? attemptsIn(recent, observation) : [];
  const places = attempts.length > 0 ? attempts : sightingsOf(observation);
  const lateMs = observation.source === 'syslog' ? observation.seenAt - observation.at : 0;
  const checks = checksAfter(observation, []);
  return {
    about: aboutOf(observation),
    since: kind === 'login-failing' ? beginningOf(happened, attempts, endedAt) : happened,
    lastAt: happened,
    seenAt: observation.seenAt,
    failures: attempts.length > 0 ? attempts.length : isFailure(observation) ? 1 : 0,
    reason: reasonOf(observation, checks),
    addresses: mergedAddresses([], places),
    checks,
    lateMs: lateMs > lateAfterMs ? lateMs : null,
  };
}

/** The third failure opens, and the first was the beginning. */
function beginningOf(happened: Instant, attempts: readonly Seen[], endedAt: Instant | null): Instant {
  const times = attempts.map(({ at }) => at).filter((at) => endedAt === null || at > endedAt);
  return Math.min(happened, ...times);
}

export function lateText({ lateMs }: Incident): string {
  return lateMs === null ? '' : ` (told ${span(lateMs)} late)`;
}

/** Their sentences say when by themselves, or it is when they are told. */
const ofTheMoment: ReadonlySet<Observation['kind']> = new Set([
  'look-failed',
  'events-missing',
  'events-arrived',
]);

/** A line bears the time at which it was taken in: where it happened long before, as what a poll reads, it says when. */
export function whenText(observation: Observation): string {
  if (!isHappening(observation) || ofTheMoment.has(observation.kind)) return '';
  const { at, seenAt } = observation;
  return seenAt - at > lateAfterMs ? ` (happened ${moment(at)})` : '';
}

/** An incident that took one more observation in. */
export function grownBy(incident: Incident, observation: Observation): Incident {
  const happened = happenedAt(observation);
  const checks = checksAfter(observation, incident.checks);
  const told = reasonOf(observation, checks);
  return {
    ...incident,
    count: incident.count + 1,
    failures: incident.failures + (isFailure(observation) ? 1 : 0),
    lastAt: Math.max(incident.lastAt, happened),
    seenAt: Math.max(incident.seenAt, trueAt(observation)),
    // A finding is of one check: when that one is gone, it says nothing of the rest.
    reason: observation.kind === 'secret-checked' ? told : (told ?? incident.reason),
    about: aboutOf(observation) ?? incident.about,
    addresses: mergedAddresses(incident.addresses, sightingsOf(observation), addsOf(observation)),
    checks,
  };
}

/**
 * From when a look at the state can be believed to be later: what a poll reads in a trail is as old as its row, though it
 * was read now. A state is of the moment at which it was read.
 */
function trueAt(observation: Observation): number {
  const isRow = observation.source === 'poll' && observation.kind !== 'account-state';
  return isRow ? Math.min(happenedAt(observation), observation.seenAt) : observation.seenAt;
}

/** A check that does not fail any more is told by its name. */
export function feedText(before: Incident, after: Incident, observation: Observation): string {
  const gone = before.checks.filter((id) => !after.checks.includes(id));
  const fails = observation.kind !== 'secret-checked' || observation.newlyFailing.length > 0;
  const parts = [
    ...(gone.length > 0 ? [`Not failing any more: ${gone.join(', ')}`] : []),
    ...(fails ? [`${observationText(observation)}${whenText(observation)}`] : []),
  ];
  return parts.join('. ');
}
