import { type Effect, type Incident, severityOf } from './incident.ts';
import type { Changed, Moves, Step, StepContext } from './incident-moves.ts';
import { isWorse } from './incident-rules.ts';
import { feedText, firstSeen, grownBy, lateText, whenText } from './incident-sightings.ts';
import { withEntry } from './incident-timeline.ts';
import { hourMs, type Instant, minuteMs, plural } from './instant.ts';
import { isFailure, isHappening, type Observation } from './observation.ts';
import { attemptsIn, mergedAddresses } from './observation-facts.ts';
import { observationText } from './observation-words.ts';

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
  const first = firstSeen(observation, kind, context.recent);
  const incident: Incident = {
    id: newId,
    key,
    version,
    kind,
    severity: severityOf[kind],
    integration: observation.integration,
    account: observation.account,
    secret: observation.secret,
    openedAt: at,
    updatedAt: at,
    count: first.failures + (isFailure(observation) ? 0 : 1),
    source: observation.source,
    openings: [at],
    ...untouched,
    ...first,
  };
  const what = `${observationText(observation)}${lateText(incident) || whenText(observation)}`;
  const told = withEntry(incident, { at, type: 'opened', what, by: null, tell: 'thread' });
  return withTimers(told, context, [deliver, enrich, ...lookSoon(observation)]);
}

/** The same again, told from its new beginning: nothing that was found out of the last time is taken for this one. */
export function reopened(incident: Incident, move: Seeing, context: StepContext): Changed {
  const { at } = context;
  const openings = [...incident.openings, at].slice(-10);
  const within = openings.filter((one) => one > at - hourMs).length;
  const flapping = within >= flappingCount;
  const { observation, kind } = move;
  const open: Incident = {
    ...touched(incident, context),
    ...firstSeen(observation, kind, context.recent, incident.resolution?.at ?? null),
    kind,
    severity: severityOf[kind],
    count: incident.count + mergedSince(incident, observation, context),
    source: observation.source,
    state: 'open',
    openedAt: at,
    resolution: null,
    acknowledged: null,
    escalated: null,
    cause: null,
    breaks: null,
    openings,
    flapping,
  };
  const text = `Again: ${observationText(observation)}${lateText(open) || whenText(observation)}${flapping ? `. ${plural(within, 'opening')} within an hour: it comes and goes` : ''}`;
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

/** What an opening merges that no earlier one did: itself, and the failed logins that came while it was over. */
function mergedSince({ resolution }: Incident, observation: Observation, { recent }: StepContext): number {
  const end = resolution?.at ?? 0;
  const attempts = observation.account === null ? [] : attemptsIn(recent, observation);
  const fresh = attempts.filter(({ seenAt }) => seenAt >= end).length;
  return Math.max(1, fresh + (isFailure(observation) ? 0 : 1));
}

/** One more of the same, or a worse kind that takes this one over: the same card, a higher severity. */
export function fed(incident: Incident, move: Seeing, context: StepContext): Step {
  const { observation, kind } = move;
  const worse = isWorse(kind, incident);
  if (!isHappening(observation) && !worse && observation.kind !== 'secret-checked')
    return { ignored: 'still-so' };
  const { at } = context;
  const grown = grownBy(touched(incident, context), observation);
  const what = feedText(incident, grown, observation);
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
  return hurried(told, context, [deliver, enrich, ...lookSoon(observation)]);
}

/** Unlocked while failures stand: less bad, and not over. */
export function turned(incident: Incident, { observation, kind }: Seeing, context: StepContext): Changed {
  const { at } = context;
  const failures = observation.kind === 'account-state' ? observation.failures : [];
  const turnedTo: Incident = {
    ...touched(incident, context),
    kind,
    severity: severityOf[kind],
    addresses: mergedAddresses(incident.addresses, failures.slice(0, 1), 0),
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

/** What got worse waits no longer than if it began now: of the milder kind, quiet hours may have put a call off. */
function hurried(incident: Incident, { at, rules }: StepContext, effects: readonly Effect[]): Changed {
  const remindAt = sooner(incident.remindAt, at + rules.remindAfterMs);
  const escalateAt = sooner(incident.escalateAt, at + (rules.escalateAfterMs ?? 0));
  const timers: Effect[] = [];
  if (remindAt !== null && remindAt !== incident.remindAt)
    timers.push({ type: 'timer', timer: 'remind', at: remindAt });
  if (escalateAt !== null && escalateAt !== incident.escalateAt)
    timers.push({ type: 'timer', timer: 'escalate', at: escalateAt });
  return { incident: { ...incident, remindAt, escalateAt }, effects: [...effects, ...timers] };
}

/** Null stays null: nobody is called for what somebody has, what is snoozed, or what was called for already. */
function sooner(set: Instant | null, at: Instant): Instant | null {
  return set === null ? null : Math.min(set, at);
}

/** After an event a look is worth it: it may find it over, and it knows more. What is of a secret, a check tells. */
function lookSoon({ source, secret }: Observation): Effect[] {
  const look = secret === null ? 'poll' : 'check';
  return source === 'syslog' ? [{ type: 'look-soon', look, inMs: lookAgainInMs }] : [];
}

export function hastened(incident: Incident | null, { look }: Moves['hastens']): Step {
  return { incident, effects: [{ type: 'look-soon', look, inMs: lookAgainInMs }] };
}
