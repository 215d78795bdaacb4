import { type Incident, severityOf } from './incident.ts';
import type { Family } from './incident-key.ts';
import type { Meaning, StepContext } from './incident-moves.ts';
import {
  blindMoves,
  checkMoves,
  heartbeatMoves,
  secretMoves,
  serviceMoves,
  silenceMoves,
} from './incident-rules-other.ts';
import { dayMs, minuteMs } from './instant.ts';
import type { AccountState, Observation, Sighting } from './observation.ts';

/** A rule reads; it never changes. `live` is the incident while it is not resolved. */
export type Rule = (observation: Observation, live: Incident | null, context: StepContext) => Meaning;

/** What opens and what clears, by what the incidents are about. */
export const rules: { readonly [F in Family]: Rule } = {
  login: loginMoves,
  password: passwordMoves,
  'unexpected-login': (observation) =>
    observation.kind === 'login' && observation.origin === 'elsewhere'
      ? { word: 'opens', kind: 'unexpected-login', observation }
      : 'no-matter',
  secret: secretMoves,
  service: serviceMoves,
  heartbeat: heartbeatMoves,
  events: silenceMoves,
  checks: checkMoves,
  blind: blindMoves,
};

function loginMoves(observation: Observation, live: Incident | null, context: StepContext): Meaning {
  switch (observation.kind) {
    case 'account-locked':
      return { word: 'opens', kind: 'account-locked', observation };
    case 'login-unknown-user':
      return { word: 'opens', kind: 'login-failing', observation };
    case 'login-failed': {
      if (live) return { word: 'feeds', kind: 'login-failing', observation };
      const enough =
        observation.origin === 'elsewhere' ||
        failuresWith(observation.at, context) >= context.rules.failedLogins.count;
      return enough ? { word: 'opens', kind: 'login-failing', observation } : 'below-threshold';
    }
    case 'account-unlocked':
      return { word: 'hastens', look: 'poll' };
    case 'login':
      return live && observation.origin !== 'elsewhere' ? { word: 'hastens', look: 'poll' } : 'no-matter';
    case 'account-state':
      return accountMoves(observation, live);
    default:
      return 'no-matter';
  }
}

/** Failures in any span of the configured length that holds this one: they may be told out of order. */
function failuresWith(at: number, { recent, rules: { failedLogins } }: StepContext): number {
  const times = recent.filter((one) => one.kind === 'login-failed').map((one) => one.at);
  const spans = times
    .filter((start) => start <= at && at - start <= failedLogins.withinMs)
    .map((start) => times.filter((time) => time >= start && time - start <= failedLogins.withinMs).length);
  return Math.max(0, ...spans);
}

function accountMoves(state: AccountState, live: Incident | null): Meaning {
  if (state.locked) return { word: 'opens', kind: 'account-locked', observation: state };
  if (!live) return 'no-matter';
  if (live.kind === 'account-locked') return unlockedMoves(state, live);
  if (state.beganAt < live.seenAt) return 'looked-too-early';
  const standing = failuresOf(live, state);
  if (!standing.every((failure) => isSettled(failure, state))) return 'not-settled';
  return { word: 'clears', observation: state, how: settledText(standing, state) };
}

/** Where it failed since it began, also from where no event told. */
function failuresOf(live: Incident, state: AccountState): Sighting[] {
  const known = new Set(live.addresses.map(({ address }) => address));
  return [
    ...live.addresses,
    ...state.failures.filter((one) => one.at >= live.since && !known.has(one.address)),
  ];
}

/** A poll that began sooner than this after the lockout may have been told of the time before. */
const lockSettlesMs = minuteMs;

function unlockedMoves(state: AccountState, live: Incident): Meaning {
  // It may be over already: the next look that counts is soon, and not when the schedule says.
  if (state.beganAt < live.seenAt + lockSettlesMs) return { word: 'hastens', look: 'poll' };
  const [login, failure] = [state.logins[0], state.failures[0]];
  if (failure && (!login || login.at <= failure.at)) {
    return { word: 'turns', kind: 'login-failing', observation: state };
  }
  // A login from before the lockout is none "again".
  const how =
    login && login.at > live.lastAt
      ? `Seen unlocked; ${loginText(login)}.`
      : 'Seen unlocked, with no failed login since.';
  return { word: 'clears', observation: state, how };
}

/** Failures of an appliance end with its next login, others when a day was quiet; where nobody can tell, with either. */
export function isSettled(failure: Sighting, state: AccountState): boolean {
  const again = state.failures.filter((one) => one.address === failure.address).map((one) => one.at);
  const last = Math.max(failure.at, ...again);
  const quiet = state.beganAt - last >= dayMs;
  const loggedIn = (fits: (login: Sighting) => boolean) =>
    state.logins.some((one) => one.at > last && fits(one));
  if (failure.origin === 'elsewhere') return quiet;
  if (failure.origin === 'appliance') return loggedIn((one) => one.appliance === failure.appliance);
  return quiet || loggedIn((one) => one.origin !== 'elsewhere');
}

function settledText(failures: readonly Sighting[], state: AccountState): string {
  if (failures.length === 0) return 'Seen with no failed login.';
  const last = Math.max(...failures.map((one) => one.at));
  const login = state.logins.find((one) => one.at > last && one.origin !== 'elsewhere');
  return login ? `Seen: ${loginText(login)}.` : 'No further failed login for a day.';
}

function loginText({ appliance, address }: Sighting): string {
  return `logged in again from ${appliance ?? address ?? 'an address that was not told'}`;
}

/** Qualys sends the old password until its record is edited; a login from an appliance shows that it does not. */
function passwordMoves(observation: Observation, live: Incident | null): Meaning {
  if (observation.kind === 'password-changed')
    return { word: 'opens', kind: 'password-changed', observation };
  if (observation.kind === 'login')
    return live && observation.origin !== 'elsewhere' ? { word: 'hastens', look: 'poll' } : 'no-matter';
  if (observation.kind !== 'account-state' || !live) return 'no-matter';
  const changedAt = Math.max(live.lastAt, observation.passwordChangedAt ?? 0);
  const login = observation.logins.find((one) => one.origin !== 'elsewhere' && one.at > changedAt);
  if (login) return { word: 'clears', observation, how: `Seen: ${loginText(login)}.` };
  const edited = observation.recordEditedAt !== null && observation.recordEditedAt > changedAt;
  return edited
    ? { word: 'clears', observation, how: 'The Qualys vault record was edited after it.' }
    : 'not-settled';
}

/** Whether a kind is worse than what an incident has. */
export function isWorse(kind: Incident['kind'], than: Incident): boolean {
  const order = ['medium', 'high', 'critical'];
  return order.indexOf(severityOf[kind]) > order.indexOf(than.severity);
}
