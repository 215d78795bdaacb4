import type { Breaks, Cause, Effect, Incident, IncidentKind } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Observation, Seen } from './observation.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What the configuration says of incidents. */
export type IncidentRules = {
  failedLogins: { count: number; withinMs: number };
  remindAfterMs: number;
  /** Null: nobody is escalated to. */
  escalateAfterMs: number | null;
  autoResolve: boolean;
  quietHours: QuietHours | null;
};

/** What a step is told beside the incident and the event. It has no clock and makes up no ids. */
export type StepContext = {
  at: Instant;
  rules: IncidentRules;
  /** What was seen lately under this key, the present observation included. */
  recent: readonly Seen[];
  /** For an incident that this step opens. */
  newId: string;
  /** The version that this step makes. */
  version: number;
  key: string;
};

/** What can happen to an incident, in the words of the table, and what each move brings with it. */
export type Moves = {
  /** It is so: opens, reopens, or feeds one that is open; a kind of higher severity takes a lower one over. */
  opens: { observation: Observation; kind: IncidentKind };
  /** Adds to one that is not resolved, and opens nothing. */
  feeds: { observation: Observation; kind: IncidentKind };
  /** The worse is over, the less bad still holds. */
  turns: { observation: Observation; kind: IncidentKind };
  /** A poll or a check saw that it is over. */
  clears: { observation: Observation; how: string };
  /** Somebody claims that it is over: look soon. */
  hastens: { look: 'poll' | 'check' };
  acknowledge: { by: string };
  resolve: { by: string; cause: string | null; note: string | null };
  snooze: { by: string; until: Instant };
  escalate: { by: string };
  note: { by: string | null; text: string };
  remind: { dueAt: Instant };
  'escalate-due': { dueAt: Instant };
  'snooze-end': { dueAt: Instant };
  enriched: { incidentId: string; cause: Cause | null; breaks: Breaks };
};
export type Word = keyof Moves;
export type Move = { [W in Word]: { word: W } & Moves[W] }[Word];

/** Why nothing changed. */
export type Ignored =
  /** The same observation was counted before, by this way or another. */
  | 'known'
  /** Older than a day: it goes into the journal only. */
  | 'too-old'
  /** It happened before the incident was over. */
  | 'over-already'
  | 'below-threshold'
  /** True, and nothing new. */
  | 'still-so'
  /** The look began before what it would clear was seen, or too soon after. */
  | 'looked-too-early'
  /** Not all that holds it open is over. */
  | 'not-settled'
  /** It bears on no incident of this kind. */
  | 'no-matter'
  | 'no-incident'
  | 'already-acknowledged'
  | 'already-escalated'
  | 'already-resolved'
  /** A timer of another time, or of another state, than the incident's. */
  | 'out-of-date'
  /** The time to snooze until has passed. */
  | 'in-the-past';

/** What an observation means to the incident of one key, or why it means nothing. */
export type Meaning = Move | Ignored;

export type Step = { incident: Incident | null; effects: readonly Effect[] } | { ignored: Ignored };
export type Changed = { incident: Incident; effects: readonly Effect[] };
