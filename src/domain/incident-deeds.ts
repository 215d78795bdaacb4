import type { Effect, Incident } from './incident.ts';
import { touched } from './incident-changes.ts';
import type { Changed, Moves, Step, StepContext } from './incident-moves.ts';
import { withEntry } from './incident-timeline.ts';
import { hourMs, type Instant, moment } from './instant.ts';
import { quietUntil } from './quiet-hours.ts';

const deliver: Effect = { type: 'deliver' };

/** An incident that has no reminder and no escalation before it. */
const untimed = { remindAt: null, escalateAt: null, escalateLeftMs: null } as const;

export function acknowledged(
  incident: Incident,
  { by }: Moves['acknowledge'],
  context: StepContext,
): Changed {
  const { at } = context;
  const taken: Incident = {
    ...touched(incident, context),
    ...untimed,
    state: 'acknowledged',
    acknowledged: { by, at },
  };
  return told(taken, { at, what: 'Acknowledged', by });
}

export function resolved(
  incident: Incident,
  { by, cause, note }: Moves['resolve'],
  context: StepContext,
): Changed {
  const { at } = context;
  const closed: Incident = {
    ...touched(incident, context),
    ...untimed,
    state: 'resolved',
    snoozed: null,
    resolution: { by, at, cause, note },
  };
  const what = ['Resolved', cause && `cause: ${cause}`, note].filter(Boolean).join('. ');
  return told(closed, { at, what, by });
}

/** Seen to be over. Without `autoResolve` it is said, once, and a person closes it. */
export function cleared(incident: Incident, { how }: Moves['clears'], context: StepContext): Step {
  const { at, rules } = context;
  const line = { at, type: 'cleared', by: null, tell: 'thread' } as const;
  if (!rules.autoResolve) {
    if (incident.timeline.some((one) => one.type === 'cleared' && one.at >= incident.seenAt))
      return { ignored: 'still-so' };
    const what = `It looks over: ${how} Resolve it when you agree.`;
    return { incident: withEntry(touched(incident, context), { ...line, what }), effects: [deliver] };
  }
  const closed: Incident = {
    ...touched(incident, context),
    ...untimed,
    state: 'resolved',
    snoozed: null,
    resolution: { by: null, at, cause: null, note: how },
  };
  return { incident: withEntry(closed, { ...line, what: how }), effects: [deliver] };
}

export function snoozed(incident: Incident, { by, until }: Moves['snooze'], context: StepContext): Step {
  const { at, rules } = context;
  if (until <= at) return { ignored: 'in-the-past' };
  // What quiet hours put off is none of the time that was left.
  const most = rules.escalateAfterMs ?? Number.POSITIVE_INFINITY;
  const left =
    incident.escalateAt === null
      ? incident.escalateLeftMs
      : Math.min(most, Math.max(0, incident.escalateAt - at));
  const asleep: Incident = {
    ...touched(incident, context),
    snoozed: { by, at, until },
    remindAt: null,
    escalateAt: null,
    escalateLeftMs: left,
  };
  const { incident: line, effects } = told(asleep, { at, what: `Snoozed until ${moment(until)}`, by });
  return { incident: line, effects: [...effects, { type: 'timer', timer: 'snooze-end', at: until }] };
}

/** What was paused goes on: a reminder anew, the escalation with what was left of its time. */
export function awoken(incident: Incident, { dueAt }: Moves['snooze-end'], context: StepContext): Step {
  const { at, rules } = context;
  if (incident.snoozed?.until !== dueAt) return { ignored: 'out-of-date' };
  const awake: Incident = { ...touched(incident, context), snoozed: null, escalateLeftMs: null };
  const line = { at, type: 'reminded', what: 'Snooze is over', by: null, tell: 'thread' } as const;
  if (incident.state !== 'open' || incident.flapping)
    return { incident: withEntry(awake, line), effects: [deliver] };
  const remindAt = at + rules.remindAfterMs;
  const escalateAt = incident.escalateLeftMs === null ? null : at + incident.escalateLeftMs;
  const effects: Effect[] = [deliver, { type: 'timer', timer: 'remind', at: remindAt }];
  if (escalateAt !== null) effects.push({ type: 'timer', timer: 'escalate', at: escalateAt });
  return { incident: withEntry({ ...awake, remindAt, escalateAt }, line), effects };
}

/** Each reminder comes after twice the time of the one before: who did not look for hours is not helped by the next. */
const remindAtMostEveryMs = 4 * hourMs;

export function reminded(incident: Incident, { dueAt }: Moves['remind'], context: StepContext): Step {
  const { at, rules } = context;
  if (incident.remindAt !== dueAt) return { ignored: 'out-of-date' };
  const later = (remindAt: Instant): Incident => ({ ...touched(incident, context), remindAt });
  const quiet = quietFor(incident, context);
  if (quiet !== null)
    return { incident: later(quiet), effects: [{ type: 'timer', timer: 'remind', at: quiet }] };
  const before = incident.timeline.filter(
    (one) => one.type === 'reminded' && one.at >= incident.openedAt,
  ).length;
  const next =
    at +
    Math.max(
      rules.remindAfterMs,
      Math.min(remindAtMostEveryMs, rules.remindAfterMs * 2 ** Math.min(before + 1, 20)),
    );
  const line = {
    at,
    type: 'reminded',
    what: 'Still open, and nobody has it',
    by: null,
    tell: 'thread',
  } as const;
  return {
    incident: withEntry(later(next), line),
    effects: [deliver, { type: 'timer', timer: 'remind', at: next }],
  };
}

/** Nobody took it: the group is named in the thread, once for each opening. */
export function escalatedByTime(
  incident: Incident,
  { dueAt }: Moves['escalate-due'],
  context: StepContext,
): Step {
  if (incident.escalateAt !== dueAt) return { ignored: 'out-of-date' };
  const quiet = quietFor(incident, context);
  if (quiet !== null) {
    const later: Incident = { ...touched(incident, context), escalateAt: quiet };
    return { incident: later, effects: [{ type: 'timer', timer: 'escalate', at: quiet }] };
  }
  return escalate(incident, null, context);
}

export function escalatedBy(incident: Incident, { by }: Moves['escalate'], context: StepContext): Step {
  return escalate(incident, by, context);
}

function escalate(incident: Incident, by: string | null, context: StepContext): Step {
  if (incident.escalated) return { ignored: 'already-escalated' };
  const { at } = context;
  const up: Incident = {
    ...touched(incident, context),
    escalated: { by, at },
    escalateAt: null,
    escalateLeftMs: null,
  };
  const what = by === null ? 'Escalated: nobody took it' : 'Escalated';
  return {
    incident: withEntry(up, { at, type: 'escalated', what, by, tell: 'mention' }),
    effects: [deliver],
  };
}

export function noted(incident: Incident, { by, text }: Moves['note'], context: StepContext): Changed {
  const line = { at: context.at, type: 'note', what: text, by, tell: 'thread' } as const;
  return { incident: withEntry(touched(incident, context), line), effects: [deliver] };
}

/** The card alone changes. */
export function enriched(incident: Incident, move: Moves['enriched'], context: StepContext): Step {
  const { incidentId, cause, breaks } = move;
  if (incidentId !== incident.id) return { ignored: 'out-of-date' };
  const same = JSON.stringify([incident.cause, incident.breaks]) === JSON.stringify([cause, breaks]);
  if (same) return { ignored: 'still-so' };
  return { incident: { ...touched(incident, context), cause, breaks }, effects: [deliver] };
}

/** In quiet hours only lockouts ping. */
function quietFor(incident: Incident, { at, rules }: StepContext): Instant | null {
  return incident.kind === 'account-locked' ? null : quietUntil(at, rules.quietHours);
}

function told(incident: Incident, { at, what, by }: { at: Instant; what: string; by: string }): Changed {
  return {
    incident: withEntry(incident, { at, type: 'acted', what, by, tell: 'thread' }),
    effects: [deliver],
  };
}
