import { type Effect, type Incident, severityOf } from './incident.ts';
import { familyOf } from './incident-key.ts';
import type { Changed, Moves, Step, StepContext } from './incident-moves.ts';
import { isWorse } from './incident-rules.ts';
import { withEntry } from './incident-timeline.ts';
import { hourMs, minuteMs, plural, span } from './instant.ts';
import { isHappening, type Observation } from './observation.ts';
import {
  aboutOf,
  attemptsIn,
  checksOf,
  happenedAt,
  mergedAddresses,
  reasonOf,
  sightingsOf,
} from './observation-facts.ts';
import { observationText } from './observation-words.ts';

/** An event later than this came late, and the card says so. Polls are late by their nature. */
const lateAfterMs = minuteMs;

/** An "unlocked" that counts must be seen a minute after the lockout: that is when looking is worth it. */
const lookAgainInMs = minuteMs;

const flappingCount = 3;

const deliver: Effect = { type: 'deliver' };
const enrich: Effect = { type: 'enrich' };

type Seeing = Moves['opens'];

const untouched = {
  state: 'open',
  snoozed: null,
  acknowledged: null,
  escalated: null,
  resolution: null,
  flapping: false,
  storm: null,
  cause: null,
  breaks: null,
  remindAt: null,
  escalateAt: null,
  escalateLeftMs: null,
  timeline: [],
} satisfies Partial<Incident>;

export function opened({ observation, kind }: Seeing, context: StepContext): Changed {
  const { at, newId, key, version } = context;
  const happened = happenedAt(observation);
  const attempts = familyOf[kind] === 'login' ? attemptsIn(context.recent, observation) : [];
  const lateMs = observation.source === 'syslog' ? observation.seenAt - observation.at : 0;
  const incident: Incident = {
    id: newId,
    key,
    version,
    kind,
    severity: severityOf[kind],
    integration: observation.integration,
    account: observation.account,
    secret: observation.secret,
    about: aboutOf(observation),
    since: happened,
    lastAt: happened,
    openedAt: at,
    updatedAt: at,
    seenAt: observation.seenAt,
    count: attempts.length + (attempts.some((one) => one.at === happened) ? 0 : 1),
    source: observation.source,
    reason: reasonOf(observation),
    addresses: mergedAddresses([], attempts.length > 0 ? attempts : sightingsOf(observation)),
    checks: checksOf(observation),
    lateMs: lateMs > lateAfterMs ? lateMs : null,
    openings: [at],
    ...untouched,
  };
  const late = incident.lateMs === null ? '' : ` (told ${span(incident.lateMs)} late)`;
  const what = `${observationText(observation)}${late}`;
  const told = withEntry(incident, { at, type: 'opened', what, by: null, tell: 'thread' });
  return withTimers(told, context, [deliver, enrich, ...lookSoon(observation)]);
}

export function reopened(incident: Incident, move: Seeing, context: StepContext): Changed {
  const { at } = context;
  const openings = [...incident.openings, at].slice(-10);
  const flapping = openings.filter((one) => one > at - hourMs).length >= flappingCount;
  const { observation, kind } = move;
  const again = seenAgain(incident, move, context);
  const text = `Again: ${observationText(observation)}${flapping ? `. ${plural(openings.length, 'opening')}: it comes and goes` : ''}`;
  const open: Incident = {
    ...again,
    kind,
    severity: severityOf[kind],
    checks: checksOf(observation),
    state: 'open',
    openedAt: at,
    resolution: null,
    acknowledged: null,
    escalated: null,
    openings,
    flapping,
  };
  const told = withEntry(open, {
    at,
    type: 'opened',
    what: text,
    by: null,
    tell: flapping ? 'thread' : 'broadcast',
  });
  const effects = [deliver, enrich, ...lookSoon(observation)];
  return flapping ? { incident: told, effects } : withTimers(told, context, effects);
}

/** One more of the same, or a worse kind that takes this one over: the same card, a higher severity. */
export function fed(incident: Incident, move: Seeing, context: StepContext): Step {
  const { observation, kind } = move;
  const worse = isWorse(kind, incident);
  if (!isHappening(observation) && !worse && observation.kind !== 'secret-checked')
    return { ignored: 'still-so' };
  const { at } = context;
  const again = seenAgain(incident, move, context);
  const grown = { ...again, checks: [...new Set([...incident.checks, ...checksOf(observation)])] };
  const what = observationText(observation);
  if (!worse) {
    const fresh = grown.addresses.length > incident.addresses.length;
    const told = withEntry(grown, { at, type: 'seen', what, by: null, tell: 'thread' });
    return { incident: told, effects: fresh ? [deliver, enrich] : [deliver] };
  }
  const taken: Incident = { ...grown, kind, severity: severityOf[kind] };
  const told = withEntry(taken, {
    at,
    type: 'changed',
    what,
    by: null,
    tell: incident.flapping ? 'thread' : 'broadcast',
  });
  return { incident: told, effects: [deliver, enrich, ...lookSoon(observation)] };
}

/** Unlocked while failures stand: less bad, and not over. */
export function turned(incident: Incident, { observation, kind }: Seeing, context: StepContext): Changed {
  const { at } = context;
  const failures = observation.kind === 'account-state' ? observation.failures : [];
  const turnedTo: Incident = {
    ...touched(incident, context),
    kind,
    severity: severityOf[kind],
    addresses: mergedAddresses(incident.addresses, failures.slice(0, 1)),
  };
  const what = 'Seen unlocked, but its last login failed';
  return {
    incident: withEntry(turnedTo, { at, type: 'changed', what, by: null, tell: 'thread' }),
    effects: [deliver, enrich],
  };
}

/** Every change of an incident bears the time and the version of its step. */
export function touched(incident: Incident, { at, version }: StepContext): Incident {
  return { ...incident, updatedAt: at, version };
}

/** Sets the reminder and the escalation of an opening, and asks for both. */
function withTimers(incident: Incident, { at, rules }: StepContext, effects: readonly Effect[]): Changed {
  const remindAt = at + rules.remindAfterMs;
  const escalateAt = rules.escalateAfterMs === null ? null : at + rules.escalateAfterMs;
  const timers: Effect[] = [{ type: 'timer', timer: 'remind', at: remindAt }];
  if (escalateAt !== null) timers.push({ type: 'timer', timer: 'escalate', at: escalateAt });
  return {
    incident: { ...incident, remindAt, escalateAt, escalateLeftMs: null },
    effects: [...effects, ...timers],
  };
}

function seenAgain(incident: Incident, { observation }: Seeing, context: StepContext): Incident {
  const happened = happenedAt(observation);
  return {
    ...touched(incident, context),
    count: incident.count + 1,
    lastAt: Math.max(incident.lastAt, happened),
    seenAt: Math.max(incident.seenAt, observation.seenAt),
    reason: reasonOf(observation) ?? incident.reason,
    about: aboutOf(observation) ?? incident.about,
    addresses: mergedAddresses(incident.addresses, sightingsOf(observation)),
  };
}

/** After an event a poll is worth it: it may find it over, and it knows more. */
function lookSoon({ source }: Observation): Effect[] {
  return source === 'syslog' ? [{ type: 'look-soon', look: 'poll', inMs: lookAgainInMs }] : [];
}

export function hastened(incident: Incident | null, { look }: Moves['hastens']): Step {
  return { incident, effects: [{ type: 'look-soon', look, inMs: lookAgainInMs }] };
}
