import { expect } from 'vitest';
import type { Breaks, Cause, Incident } from '../src/domain/incident.ts';
import { type Family, keysOf } from '../src/domain/incident-key.ts';
import type { IncidentRules, StepContext } from '../src/domain/incident-moves.ts';
import { type Act, type IncidentEvent, step } from '../src/domain/incident-table.ts';
import { minuteMs } from '../src/domain/instant.ts';
import type {
  AccountState,
  Happening,
  HappeningSeen,
  Observation,
  SecretChecked,
  Seen,
  Sighting,
} from '../src/domain/observation.ts';
import { remember } from '../src/domain/seen-again.ts';
import { at } from './given.ts';

/** A moment so many minutes after `at`. */
export const minute = (minutes: number) => at + minutes * minuteMs;

export const label = 'CORP\\svc-qualys';

export const incidentRules: IncidentRules = {
  failedLogins: { count: 3, withinMs: 10 * minuteMs },
  remindAfterMs: 15 * minuteMs,
  escalateAfterMs: 30 * minuteMs,
  autoResolve: true,
  quietHours: null,
};

const aboutSecrets = new Set<Happening>(['secret-changed', 'heartbeat-failed', 'heartbeat-succeeded']);

export function happening(kind: Happening, fields: Partial<HappeningSeen> = {}): HappeningSeen {
  const when = fields.at ?? at;
  const isSecret = aboutSecrets.has(kind);
  const isLogin = kind === 'login' || kind === 'login-failed';
  return {
    kind,
    integration: 'corp',
    account: isSecret || /service|events|look/.test(kind) ? null : label,
    secret: isSecret ? 'scanadmin' : null,
    at: when,
    seenAt: when,
    source: 'syslog',
    via: 'udp',
    address: isLogin ? '10.20.30.40' : null,
    origin: isLogin ? 'appliance' : 'unknown',
    appliance: isLogin ? 'appliance-01' : null,
    reason: null,
    details: kind.startsWith('service') ? 'web-services' : null,
    ...fields,
  };
}

export function sighting(when: number, fields: Partial<Sighting> = {}): Sighting {
  return { at: when, address: '10.20.30.40', origin: 'appliance', appliance: 'appliance-01', ...fields };
}

export const elsewhere = { address: '192.0.2.7', origin: 'elsewhere', appliance: null } as const;

const polled = { integration: 'corp', source: 'poll', via: 'poll' } as const;

export function accountState(when: number, fields: Partial<AccountState> = {}): AccountState {
  return {
    kind: 'account-state',
    ...polled,
    account: label,
    secret: null,
    at: when,
    seenAt: when,
    beganAt: when,
    locked: false,
    logins: [],
    failures: [],
    passwordChangedAt: null,
    recordEditedAt: null,
    ...fields,
  };
}

export function secretChecked(when: number, fields: Partial<SecretChecked> = {}): SecretChecked {
  return {
    kind: 'secret-checked',
    integration: 'corp',
    source: 'watch',
    via: 'watch',
    account: null,
    secret: 'scanadmin',
    at: when,
    seenAt: when,
    beganAt: when,
    verdicts: {},
    newlyFailing: [],
    findings: {},
    runId: null,
    ...fields,
  };
}

const stateBase = (when: number) => ({
  ...polled,
  account: null,
  secret: null,
  at: when,
  seenAt: when,
  beganAt: when,
});

export function lookWorked(when: number): Observation {
  return { kind: 'look-worked', ...stateBase(when) };
}

export function serviceState(when: number, on: boolean): Observation {
  return { kind: 'service-state', ...stateBase(when), service: 'web-services', on };
}

export function heartbeatState(when: number, succeeded: boolean): Observation {
  return { kind: 'heartbeat-state', ...stateBase(when), secret: 'scanadmin', succeeded };
}

export function stepContext(when: number, fields: Partial<StepContext> = {}): StepContext {
  return {
    at: when,
    rules: incidentRules,
    recent: [],
    newId: 'new',
    version: 2,
    key: 'key',
    ...fields,
  };
}

/** The event of an observation, to the family named, or the first that hears it. */
export function observed(observation: Observation, family?: Family): IncidentEvent {
  const [first] = keysOf(observation);
  if (!first) throw new Error('nobody hears it');
  return { type: 'observed', family: family ?? first.family, observation };
}

/** The incident that a step makes; throws where nothing changes. */
export function stepped(incident: Incident | null, event: IncidentEvent, context: StepContext): Incident {
  const next = step(incident, event, context);
  if ('ignored' in next || next.incident === null) throw new Error(`no incident: ${JSON.stringify(next)}`);
  return next.incident;
}

/** What is remembered after these were seen, one after the other. */
export function remembered(...seen: readonly HappeningSeen[]): Seen[] {
  return seen.reduce<Seen[]>((recent, one) => remember(one, recent).recent, []);
}

/** A rule by example: what opens an incident, what follows, and what becomes of it. */
export type RuleRow = [name: string, family: Family, opens: Observation, then: Observation, outcome: string];

/** What `then` makes of the incident that `opens` opened: its state and the look that is asked for, or why nothing. */
export function becomes(family: Family, opens: Observation, then: Observation): string {
  const open = stepped(null, observed(opens, family), stepContext(opens.seenAt));
  const next = step(open, observed(then, family), stepContext(then.seenAt, { version: 3 }));
  if ('ignored' in next) return next.ignored;
  const look = next.effects.find((one) => one.type === 'look-soon');
  return `${next.incident?.state}${look ? `, ${look.look} in ${look.inMs / 1_000} s` : ''}`;
}

/** What a person does to it, five minutes after `at` unless said otherwise. */
export function acted(incident: Incident, act: Act, when = minute(5)): Incident {
  return stepped(incident, { type: 'acted', act }, stepContext(when));
}

/**
 * What a step comes to, in words: the state it leads to and how the last line goes out, or why nothing changes. Whatever
 * changes is delivered once, under the version of the step.
 */
export function outcome(
  before: Incident | null,
  event: IncidentEvent,
  context = stepContext(minute(20)),
): string {
  const next = step(before, event, context);
  if ('ignored' in next) return next.ignored;
  const { incident, effects } = next;
  if (!incident) return 'nothing';
  const state = incident.state !== 'resolved' && incident.snoozed ? 'snoozed' : incident.state;
  const look = effects.find((one) => one.type === 'look-soon');
  if (incident === before && look) return `${state}, ${look.look} in ${look.inMs / 1000} s`;
  expect(effects.filter((one) => one.type === 'deliver')).toHaveLength(1);
  expect(incident.version).toBe(context.version);
  if (incident.timeline.length === before?.timeline.length) return `${state} enriched`;
  const line = incident.timeline.at(-1);
  return `${state} ${line?.type} ${line?.tell}`;
}

/** A lockout at `at`, by its event. */
export function lockedOut(fields: Partial<Incident> = {}): Incident {
  const opened = stepped(
    null,
    observed(happening('account-locked')),
    stepContext(at, { version: 1, newId: 'i1' }),
  );
  return { ...opened, ...fields };
}

export const cause: Cause = { id: 'unknown', text: 't', confidence: 'low', evidence: [], next: 'n' };
export const breaks: Breaks = { secrets: ['scanadmin'], scans: [], unread: [] };
