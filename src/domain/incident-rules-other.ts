import type { Incident } from './incident.ts';
import type { Meaning, StepContext } from './incident-moves.ts';
import type { Observation, SecretChecked, StateSeen } from './observation.ts';
import { checksAfter } from './observation-facts.ts';

/** The next full check passes: everything judged, nothing failing. */
export function secretMoves(observation: Observation, live: Incident | null): Meaning {
  if (observation.kind === 'secret-changed') return { word: 'opens', kind: 'secret-changed', observation };
  if (observation.kind !== 'secret-checked' || !live) return 'no-matter';
  const verdicts = Object.values(observation.verdicts);
  if (verdicts.some((one) => one === 'fail' || one === 'unknown')) return 'not-settled';
  return clearing(observation, live, 'A full check passed.');
}

export function serviceMoves(observation: Observation, live: Incident | null): Meaning {
  switch (observation.kind) {
    case 'service-off':
      return { word: 'opens', kind: 'service-changed', observation };
    case 'service-on':
      return { word: 'hastens', look: 'poll' };
    case 'service-state':
      if (!observation.on) return { word: 'opens', kind: 'service-changed', observation };
      return live ? clearing(observation, live, 'Seen turned on.') : 'no-matter';
    default:
      return 'no-matter';
  }
}

export function heartbeatMoves(observation: Observation, live: Incident | null): Meaning {
  switch (observation.kind) {
    case 'heartbeat-failed':
      return { word: 'opens', kind: 'heartbeat-failed', observation };
    case 'heartbeat-succeeded':
      return { word: 'hastens', look: 'check' };
    case 'heartbeat-state':
      if (!observation.succeeded && !live) return { word: 'opens', kind: 'heartbeat-failed', observation };
      return beatAgain(observation, live, observation.succeeded);
    case 'secret-checked':
      return beatAgain(observation, live, observation.verdicts['secret-heartbeat'] === 'pass');
    default:
      return 'no-matter';
  }
}

function beatAgain(observation: StateSeen, live: Incident | null, succeeded: boolean): Meaning {
  if (!live) return 'no-matter';
  return succeeded ? clearing(observation, live, 'The heartbeat was seen to succeed.') : 'not-settled';
}

/** The one kind that an event clears: that events come is the very thing that it is about. */
export function silenceMoves(observation: Observation, live: Incident | null): Meaning {
  if (observation.kind === 'events-missing') return { word: 'opens', kind: 'events-silent', observation };
  if (observation.kind !== 'events-arrived' || !live) return 'no-matter';
  return { word: 'clears', observation, how: 'An event arrived.' };
}

/** Opens on what fails and was not known to fail; unknown in between neither opens nor clears. */
export function checkMoves(observation: Observation, live: Incident | null): Meaning {
  if (observation.kind !== 'secret-checked') return 'no-matter';
  const fresh = observation.newlyFailing.filter((id) => !live?.checks.includes(id));
  if (fresh.length > 0) return { word: 'opens', kind: 'check-failed', observation };
  if (!live) return 'no-matter';
  const still = checksAfter(observation, live.checks);
  if (still.length === 0) return clearing(observation, live, wellText(observation, live.checks));
  // The card lists what fails now: what does not any more goes from it.
  if (still.length === live.checks.length || observation.beganAt < live.seenAt) return 'not-settled';
  return { word: 'feeds', kind: 'check-failed', observation };
}

/** One whose failure was accepted is not judged any more. */
function wellText({ verdicts }: SecretChecked, checks: readonly string[]): string {
  const judged = checks.every((id) => verdicts[id] !== 'skipped');
  return judged ? 'None of its checks fails any more.' : 'None of its checks counts as failing any more.';
}

/** One poll may fail; two in a row, a check that could judge nothing, or a refused login may not. */
export function blindMoves(
  observation: Observation,
  live: Incident | null,
  { recent }: StepContext,
): Meaning {
  if (observation.kind === 'look-worked') {
    return live ? clearing(observation, live, 'A poll worked again.') : 'no-matter';
  }
  if (observation.kind !== 'look-failed') return 'no-matter';
  if (live) return { word: 'feeds', kind: 'watch-blind', observation };
  const failed = recent.filter((one) => one.kind === 'look-failed').length;
  const enough = observation.details !== 'poll' || failed >= 2;
  return enough ? { word: 'opens', kind: 'watch-blind', observation } : 'below-threshold';
}

/** A look that began before the trouble was seen says nothing of it. */
function clearing(observation: StateSeen, live: Incident, how: string): Meaning {
  return observation.beganAt < live.seenAt ? 'looked-too-early' : { word: 'clears', observation, how };
}
