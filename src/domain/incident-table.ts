/**
 * The life of an incident.
 *
 * Theory. An incident stands in one of five ways: there is `none` of its key; it is `open`, `acknowledged`, or
 * `snoozed` (open or acknowledged, and quiet for a time); or it is `resolved`. What comes is an observation, something
 * that a person does, a timer, or what enrichment found. An observation is first read by the rule of what the incident
 * is about (`incident-rules.ts`): it opens, feeds, turns, clears or hastens. The table then says what each word does to
 * each standing: a function that makes the next incident, or the reason why nothing changes. Every cell is filled.
 *
 * Three promises lie in it.
 * 1. Nothing is closed but by a person or by a look that saw it over (the rules give `clears` to states alone; that an
 *    event arrives is itself what `events-silent` waits for).
 * 2. A timer counts only when the incident has that very time for it. So nothing ever needs to be called off.
 * 3. Of one key at most one incident is not resolved: a resolved one is reopened within a day, and a new one begins
 *    only where there is none or the last is older.
 *
 * Effects are values. They are stored with the incident, and done afterwards.
 */
import { type Incident, type IncidentState, stateOf, type Timer } from './incident.ts';
import { fed, hastened, opened, reopened, turned } from './incident-changes.ts';
import {
  acknowledged,
  awoken,
  cleared,
  enriched,
  escalatedBy,
  escalatedByTime,
  noted,
  reminded,
  resolved,
  snoozed,
} from './incident-deeds.ts';
import type { Family } from './incident-key.ts';
import type { Ignored, Move, Moves, Step, StepContext, Word } from './incident-moves.ts';
import { rules } from './incident-rules.ts';
import { dayMs, type Instant, minuteMs } from './instant.ts';
import { isHappening, type Observation } from './observation.ts';

export type IncidentEvent =
  | { type: 'observed'; family: Family; observation: Observation }
  | { type: 'acted'; act: Act }
  | { type: 'due'; timer: Timer; dueAt: Instant }
  | ({ type: 'enriched' } & Moves['enriched']);

/** What a person can do. */
export type Act = { [W in PersonWord]: { word: W } & Moves[W] }[PersonWord];
type PersonWord = 'acknowledge' | 'resolve' | 'snooze' | 'escalate' | 'note';

type Standing = 'none' | IncidentState;
type Cell<W extends Word, I> = Ignored | ((incident: I, move: Moves[W], context: StepContext) => Step);
type Row<I> = { readonly [W in Word]: Cell<W, I> };

const none: Row<null> = {
  opens: (_, move, context) => opened(move, context),
  feeds: 'no-incident',
  turns: 'no-incident',
  clears: 'no-incident',
  hastens: 'no-incident',
  acknowledge: 'no-incident',
  resolve: 'no-incident',
  snooze: 'no-incident',
  escalate: 'no-incident',
  note: 'no-incident',
  remind: 'no-incident',
  'escalate-due': 'no-incident',
  'snooze-end': 'no-incident',
  enriched: 'no-incident',
};

const open: Row<Incident> = {
  opens: fed,
  feeds: fed,
  turns: turned,
  clears: cleared,
  hastens: hastened,
  acknowledge: acknowledged,
  resolve: resolved,
  snooze: snoozed,
  escalate: escalatedBy,
  note: noted,
  remind: reminded,
  'escalate-due': escalatedByTime,
  'snooze-end': 'out-of-date',
  enriched,
};

/** Somebody has it: nobody is reminded. */
const taken: Row<Incident> = {
  ...open,
  acknowledge: 'already-acknowledged',
  remind: 'out-of-date',
  'escalate-due': 'out-of-date',
};

/** Quiet for a time; an open one can be taken all the same. */
const asleep: Row<Incident> = {
  ...open,
  acknowledge: (incident, move, context) =>
    incident.acknowledged ? { ignored: 'already-acknowledged' } : acknowledged(incident, move, context),
  remind: 'out-of-date',
  'escalate-due': 'out-of-date',
  'snooze-end': awoken,
};

const over: Row<Incident> = {
  opens: again,
  feeds: 'no-incident',
  turns: 'already-resolved',
  clears: 'already-resolved',
  hastens: 'already-resolved',
  acknowledge: 'already-resolved',
  resolve: 'already-resolved',
  snooze: 'already-resolved',
  escalate: 'already-resolved',
  note: noted,
  remind: 'out-of-date',
  'escalate-due': 'out-of-date',
  'snooze-end': 'out-of-date',
  enriched,
};

export const table: { readonly none: Row<null> } & { readonly [S in IncidentState]: Row<Incident> } = {
  none,
  open,
  acknowledged: taken,
  snoozed: asleep,
  resolved: over,
};

const reopensWithinMs = dayMs;
const tooOldMs = dayMs;

/** Clocks of two machines, and the way of an event, may stand this far apart. */
const clocksApartMs = 10 * minuteMs;

/** The next incident of a key and what must follow, or why nothing changes. Pure: the same in gives the same out. */
export function step(incident: Incident | null, event: IncidentEvent, context: StepContext): Step {
  if (event.type !== 'observed') return apply(incident, moveOf(event), context);
  const { family, observation } = event;
  if (isHappening(observation) && observation.seenAt - observation.at > tooOldMs)
    return { ignored: 'too-old' };
  const live = incident?.state === 'resolved' ? null : incident;
  const meaning = rules[family](observation, live, context);
  return typeof meaning === 'string' ? { ignored: meaning } : apply(incident, meaning, context);
}

function moveOf(event: Exclude<IncidentEvent, { type: 'observed' }>): Move {
  switch (event.type) {
    case 'acted':
      return event.act;
    case 'due':
      return { word: event.timer === 'escalate' ? 'escalate-due' : event.timer, dueAt: event.dueAt };
    case 'enriched':
      return { ...event, word: 'enriched' };
  }
}

function apply(incident: Incident | null, move: Move, context: StepContext): Step {
  const standing: Standing = incident ? stateOf(incident) : 'none';
  // The row's type pairs each word with its move; only the lookup cannot see that.
  const cell = table[standing][move.word] as Cell<Word, Incident | null>;
  return typeof cell === 'string' ? { ignored: cell } : cell(incident, move, context);
}

/**
 * Within a day it is the same incident again. What happened before the end, and is told after it, reopens nothing: the
 * end came later, and a poll finds what still holds. But for a strange login, which no poll ends: whoever resolved the
 * others did not know of it.
 */
function again(incident: Incident, move: Moves['opens'], context: StepContext): Step {
  const { observation, kind } = move;
  const end = incident.resolution?.at ?? incident.updatedAt;
  if (!isHappening(observation)) {
    if (observation.beganAt < end) return { ignored: 'looked-too-early' };
  } else if (kind === 'unexpected-login') {
    return context.at - end <= reopensWithinMs ? reopened(incident, move, context) : opened(move, context);
  } else if (observation.at <= end - clocksApartMs) return { ignored: 'over-already' };
  else if (observation.at <= end) return hastened(incident, { look: 'poll' });
  return context.at - end <= reopensWithinMs ? reopened(incident, move, context) : opened(move, context);
}
