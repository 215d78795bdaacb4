import { describe, expect, it } from 'vitest';
import { type Incident, incidentStates } from '../../../src/domain/incident.ts';
import type { Word } from '../../../src/domain/incident-moves.ts';
import { type IncidentEvent, step, table } from '../../../src/domain/incident-table.ts';
import { dayMs, hourMs } from '../../../src/domain/instant.ts';
import type { Seen } from '../../../src/domain/observation.ts';
import { remember } from '../../../src/domain/seen-again.ts';
import { at } from '../../given.ts';
import {
  accountState,
  breaks,
  cause,
  elsewhere,
  happening,
  incidentRules,
  lockedOut,
  minute,
  observed,
  secretChecked,
  sighting,
  stepContext,
  stepped,
} from '../../incidents.ts';

const later = minute(5);
const open = lockedOut();
const failing = stepped(
  null,
  observed(happening('login-failed', elsewhere)),
  stepContext(at, { version: 1, newId: 'i1' }),
);
const acted = (incident: Incident, act: Extract<IncidentEvent, { type: 'acted' }>['act'], when = later) =>
  stepped(incident, { type: 'acted', act }, stepContext(when));
const standings: { [S in keyof typeof table]: Incident | null } = {
  none: null,
  open,
  acknowledged: acted(open, { word: 'acknowledge', by: 'U1' }),
  snoozed: acted(open, { word: 'snooze', by: 'U1', until: minute(60) }),
  resolved: acted(open, { word: 'resolve', by: 'U1', cause: null, note: null }),
};

/** One event for each word of the table, as it happens at `minute(20)` to a lockout of `at`. */
const when = minute(20);
const events: { [W in Word]: (incident: Incident | null) => IncidentEvent } = {
  opens: () => observed(happening('account-locked', { at: when })),
  feeds: () => observed(happening('login-failed', { at: when })),
  turns: () => observed(accountState(when, { failures: [sighting(minute(1))] })),
  clears: () => observed(accountState(when, { logins: [sighting(minute(9))] })),
  hastens: () => observed(happening('account-unlocked', { at: when })),
  acknowledge: () => ({ type: 'acted', act: { word: 'acknowledge', by: 'U2' } }),
  resolve: () => ({ type: 'acted', act: { word: 'resolve', by: 'U2', cause: 'c', note: null } }),
  snooze: () => ({ type: 'acted', act: { word: 'snooze', by: 'U2', until: minute(90) } }),
  escalate: () => ({ type: 'acted', act: { word: 'escalate', by: 'U2' } }),
  note: () => ({ type: 'acted', act: { word: 'note', by: 'U2', text: 'seen' } }),
  remind: (incident) => ({ type: 'due', timer: 'remind', dueAt: incident?.remindAt ?? 0 }),
  'escalate-due': (incident) => ({ type: 'due', timer: 'escalate', dueAt: incident?.escalateAt ?? 0 }),
  'snooze-end': (incident) => ({ type: 'due', timer: 'snooze-end', dueAt: incident?.snoozed?.until ?? 0 }),
  enriched: (incident) => ({ type: 'enriched', incidentId: incident?.id ?? '', cause, breaks }),
};

/** What each cell makes of it: the state it leads to and how the last line goes out, or why nothing changes. */
const cells: { [W in Word]: { [S in keyof typeof table]: string } } = {
  opens: {
    none: 'open opened thread',
    open: 'open seen thread',
    acknowledged: 'acknowledged seen thread',
    snoozed: 'snoozed seen thread',
    resolved: 'open opened broadcast',
  },
  feeds: {
    none: 'below-threshold',
    open: 'open seen thread',
    acknowledged: 'acknowledged seen thread',
    snoozed: 'snoozed seen thread',
    resolved: 'below-threshold',
  },
  turns: {
    none: 'no-matter',
    open: 'open changed thread',
    acknowledged: 'acknowledged changed thread',
    snoozed: 'snoozed changed thread',
    resolved: 'no-matter',
  },
  clears: {
    none: 'no-matter',
    open: 'resolved cleared thread',
    acknowledged: 'resolved cleared thread',
    snoozed: 'resolved cleared thread',
    resolved: 'no-matter',
  },
  hastens: {
    none: 'no-incident',
    open: 'open, poll in 60 s',
    acknowledged: 'acknowledged, poll in 60 s',
    snoozed: 'snoozed, poll in 60 s',
    resolved: 'already-resolved',
  },
  acknowledge: {
    none: 'no-incident',
    open: 'acknowledged acted thread',
    acknowledged: 'already-acknowledged',
    snoozed: 'snoozed acted thread',
    resolved: 'already-resolved',
  },
  resolve: {
    none: 'no-incident',
    open: 'resolved acted thread',
    acknowledged: 'resolved acted thread',
    snoozed: 'resolved acted thread',
    resolved: 'already-resolved',
  },
  snooze: {
    none: 'no-incident',
    open: 'snoozed acted thread',
    acknowledged: 'snoozed acted thread',
    snoozed: 'snoozed acted thread',
    resolved: 'already-resolved',
  },
  escalate: {
    none: 'no-incident',
    open: 'open escalated mention',
    acknowledged: 'acknowledged escalated mention',
    snoozed: 'snoozed escalated mention',
    resolved: 'already-resolved',
  },
  note: {
    none: 'no-incident',
    open: 'open note thread',
    acknowledged: 'acknowledged note thread',
    snoozed: 'snoozed note thread',
    resolved: 'resolved note thread',
  },
  remind: {
    none: 'no-incident',
    open: 'open reminded thread',
    acknowledged: 'out-of-date',
    snoozed: 'out-of-date',
    resolved: 'out-of-date',
  },
  'escalate-due': {
    none: 'no-incident',
    open: 'open escalated mention',
    acknowledged: 'out-of-date',
    snoozed: 'out-of-date',
    resolved: 'out-of-date',
  },
  'snooze-end': {
    none: 'no-incident',
    open: 'out-of-date',
    acknowledged: 'out-of-date',
    snoozed: 'open reminded thread',
    resolved: 'out-of-date',
  },
  enriched: {
    none: 'no-incident',
    open: 'open enriched',
    acknowledged: 'acknowledged enriched',
    snoozed: 'snoozed enriched',
    resolved: 'resolved enriched',
  },
};

function outcome(before: Incident | null, event: IncidentEvent, context = stepContext(when)): string {
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

describe('the table', () => {
  const words = Object.keys(cells) as Word[];
  const all = words.flatMap((word) =>
    (['none', ...incidentStates] as const).map(
      (standing) => [standing, word, cells[word][standing]] as const,
    ),
  );

  it.each(all)('%s, %s: %s', (standing, word, expected) => {
    const before = standings[standing];
    expect(outcome(before, events[word](before))).toBe(expected);
  });

  it.each(all.filter(([, , expected]) => /^(already|out-of|no-incident)/.test(expected)))(
    'says so in its cell too: %s, %s: %s',
    (standing, word, expected) => {
      const cell = table[standing][word];
      const said =
        typeof cell === 'string' ? cell : outcome(standings[standing], events[word](standings[standing]));
      expect(said).toBe(expected);
    },
  );

  it('an acknowledged one that sleeps is not taken twice', () => {
    const both = acted(standings.acknowledged as Incident, { word: 'snooze', by: 'U1', until: minute(60) });
    expect(outcome(both, events.acknowledge(both))).toBe('already-acknowledged');
    expect(outcome(both, events['snooze-end'](both))).toBe('acknowledged reminded thread');
  });
});

describe('take-over', () => {
  it('a lockout takes failing logins over: same incident, higher severity, told to the channel', () => {
    const next = stepped(failing, observed(happening('account-locked', { at: later })), stepContext(later));
    expect(next).toMatchObject({ id: 'i1', kind: 'account-locked', severity: 'critical', count: 2 });
    expect(next.timeline.at(-1)?.tell).toBe('broadcast');
  });

  it('a lower kind feeds a lockout and does not soften it', () => {
    const next = stepped(open, observed(happening('login-failed', { at: later })), stepContext(later));
    expect(next).toMatchObject({ kind: 'account-locked', severity: 'critical', count: 2 });
  });

  it('unlocked while failures stand becomes failing logins', () => {
    const state = accountState(later, { failures: [sighting(minute(1))], logins: [sighting(minute(-60))] });
    const next = stepped(open, observed(state), stepContext(later));
    expect(next).toMatchObject({ kind: 'login-failing', severity: 'high', state: 'open' });
    const login = accountState(minute(30), {
      logins: [sighting(minute(29))],
      failures: [sighting(minute(1))],
    });
    expect(stepped(next, observed(login), stepContext(minute(30))).state).toBe('resolved');
  });

  it('a state that is known feeds nothing', () => {
    expect(outcome(open, observed(accountState(later, { locked: true })))).toBe('still-so');
  });
});

describe('the numbers of a card', () => {
  const failures = (...minutes: number[]) => minutes.map((m) => happening('login-failed', { at: minute(m) }));
  const seen = (...all: ReturnType<typeof failures>) =>
    all.reduce<Seen[]>((recent, one) => remember(one, recent).recent, []);

  it('failed logins are counted once each, and a lockout is none', () => {
    const recent = seen(...failures(-3, -2, -1), happening('account-locked', { at: minute(-1) }));
    const lockout = happening('account-locked', { at: minute(-1), address: '10.20.30.40' });
    const opened = stepped(null, observed(lockout), stepContext(minute(-1), { recent }));
    expect(opened).toMatchObject({ count: 4, failures: 3, addresses: [{ count: 3 }] });
    const [one] = failures(1);
    const fed = one && stepped(opened, observed(one), stepContext(minute(1)));
    expect(fed).toMatchObject({ count: 5, failures: 4, addresses: [{ count: 4 }] });
  });

  it('what a look tells of was counted as it happened', () => {
    const [one] = failures(0);
    if (!one) throw new Error('no failure');
    const failing = stepped(null, observed(one), stepContext(at, { recent: seen(...failures(-2, -1, 0)) }));
    const state = accountState(minute(1), { locked: true, failures: [sighting(at)] });
    const locked = stepped(failing, observed(state), stepContext(minute(1)));
    expect(locked).toMatchObject({ kind: 'account-locked', failures: 3, addresses: [{ count: 3 }] });
    const unlocked = accountState(minute(9), { failures: [sighting(at)] });
    expect(stepped(locked, observed(unlocked), stepContext(minute(9)))).toMatchObject({
      kind: 'login-failing',
      failures: 3,
      addresses: [{ count: 3 }],
    });
  });

  it('a lockout seen alone claims no failed login', () => {
    const state = accountState(at, { locked: true, failures: [sighting(minute(-300))] });
    expect(stepped(null, observed(state), stepContext(at))).toMatchObject({ count: 1, failures: 0 });
  });

  it('twenty-five strange addresses are twenty-five failures', () => {
    const all = Array.from({ length: 25 }, (_, n) =>
      happening('login-failed', { ...elsewhere, address: `192.0.2.${n}`, at: at + n * 3_000 }),
    );
    const [first, ...rest] = all;
    if (!first) throw new Error('none');
    let incident = stepped(null, observed(first), stepContext(at));
    for (const one of rest) incident = stepped(incident, observed(one), stepContext(one.at));
    expect(incident.failures).toBe(25);
  });

  it('a reopened one tells of its new beginning', () => {
    const late = happening('account-locked', { at, seenAt: minute(120) });
    const first = stepped(null, observed(late), stepContext(minute(120), { newId: 'i1' }));
    const known = stepped(
      first,
      { type: 'enriched', incidentId: 'i1', cause, breaks },
      stepContext(minute(121)),
    );
    const over = acted(known, { word: 'resolve', by: 'U1', cause: null, note: null }, minute(130));
    const again = happening('account-locked', { at: minute(300) });
    const recent = seen(...failures(299), again);
    expect(stepped(over, observed(again), stepContext(minute(300), { recent }))).toMatchObject({
      id: 'i1',
      since: minute(300),
      lateMs: null,
      failures: 1,
      cause: null,
      breaks: null,
      count: 3,
    });
  });
});

describe('the failing checks of a card', () => {
  const verdicts = (a: 'pass' | 'fail' | 'unknown', b: 'pass' | 'fail' | 'unknown') => ({ a, b });
  const findings = { a: 'a is broken', b: 'b is broken' };
  const both = stepped(
    null,
    observed(secretChecked(at, { newlyFailing: ['a', 'b'], verdicts: verdicts('fail', 'fail'), findings })),
    stepContext(at),
  );
  const judgedLater = (a: 'pass' | 'fail' | 'unknown', b: 'pass' | 'fail' | 'unknown') =>
    step(both, observed(secretChecked(later, { verdicts: verdicts(a, b), findings })), stepContext(later));

  it('are those that fail now, with a finding of one of them', () => {
    expect(both).toMatchObject({ checks: ['a', 'b'], reason: 'a is broken' });
    const next = judgedLater('pass', 'fail');
    if ('ignored' in next) throw new Error(next.ignored);
    expect(next.incident).toMatchObject({ state: 'open', checks: ['b'], reason: 'b is broken' });
    expect(next.incident?.timeline.at(-1)?.what).toBe('Not failing any more: a');
  });

  it('stay while they are not judged', () => {
    expect(judgedLater('unknown', 'fail')).toEqual({ ignored: 'not-settled' });
    const next = judgedLater('pass', 'unknown');
    expect('ignored' in next ? null : next.incident).toMatchObject({ state: 'open', checks: ['b'] });
  });
});

describe('a look after an event', () => {
  it.each([
    ['of an account', happening('account-locked'), 'poll'],
    ['of a secret', happening('secret-changed', { details: 'moved' }), 'check'],
    ['of a heartbeat', happening('heartbeat-failed'), 'check'],
    ['of a service', happening('service-off'), 'poll'],
  ])('%s is a %s', (...row) => {
    const [, event, look] = row;
    const next = step(null, observed(event), stepContext(at));
    expect('ignored' in next ? [] : next.effects).toContainEqual({ type: 'look-soon', look, inMs: 60_000 });
  });
});

describe('late and early', () => {
  it.each([
    ['a minute', 60_000, null],
    ['two hours', 2 * hourMs, 2 * hourMs],
    ['a day', dayMs, dayMs],
  ])('an event %s late opens and says so', (_, lateMs, said) => {
    const event = happening('account-locked', { at, seenAt: at + lateMs });
    const incident = stepped(null, observed(event), stepContext(at + lateMs));
    expect(incident.lateMs).toBe(said);
    expect(incident.since).toBe(at);
  });

  it('an event older than a day opens nothing', () => {
    const event = happening('account-locked', { at, seenAt: at + dayMs + 1 });
    expect(outcome(null, observed(event), stepContext(at + dayMs + 1))).toBe('too-old');
  });

  it('what happened before the end, and is told after it, reopens nothing', () => {
    const resolved = acted(open, { word: 'resolve', by: 'U1', cause: null, note: null }, minute(30));
    const late = happening('account-locked', { at: minute(3), seenAt: minute(40) });
    expect(outcome(resolved, observed(late), stepContext(minute(40)))).toBe('over-already');
    const near = happening('account-locked', { at: minute(25), seenAt: minute(40) });
    expect(outcome(resolved, observed(near), stepContext(minute(40)))).toBe('resolved, poll in 60 s');
    expect(
      outcome(resolved, observed(accountState(minute(29), { locked: true })), stepContext(minute(31))),
    ).toBe('looked-too-early');
  });

  it('within a day it is the same incident again, afterwards a new one', () => {
    const resolved = acted(open, { word: 'resolve', by: 'U1', cause: null, note: null });
    const again = (time: number) =>
      stepped(resolved, observed(happening('account-locked', { at: time })), stepContext(time)).id;
    expect(again(later + dayMs)).toBe('i1');
    expect(again(later + dayMs + 1)).toBe('new');
  });
});

describe('flapping', () => {
  it('three openings in an hour are said, and nobody is pinged', () => {
    let incident = open;
    for (const time of [minute(10), minute(20)]) {
      incident = acted(incident, { word: 'resolve', by: 'U1', cause: null, note: null }, time - 60_000);
      incident = stepped(incident, observed(happening('account-locked', { at: time })), stepContext(time));
    }
    expect(incident).toMatchObject({ flapping: true, remindAt: null, escalateAt: null });
    expect(incident.timeline.at(-1)).toMatchObject({
      tell: 'thread',
      what: expect.stringContaining('3 openings'),
    });
  });

  it('two openings, or three in more than an hour, are none', () => {
    let incident = open;
    for (const time of [minute(10), minute(61)]) {
      incident = acted(incident, { word: 'resolve', by: 'U1', cause: null, note: null }, time - 60_000);
      incident = stepped(incident, observed(happening('account-locked', { at: time })), stepContext(time));
      expect(incident.flapping).toBe(false);
      expect(incident.timeline.at(-1)?.tell).toBe('broadcast');
    }
  });
});

describe('timers', () => {
  const due = (timer: 'remind' | 'escalate' | 'snooze-end', dueAt: number): IncidentEvent => ({
    type: 'due',
    timer,
    dueAt,
  });

  it('are asked for at the opening, and reminders come with growing distance', () => {
    expect(open).toMatchObject({ remindAt: minute(15), escalateAt: minute(30) });
    const once = stepped(open, due('remind', minute(15)), stepContext(minute(15)));
    expect(once.remindAt).toBe(minute(45));
    expect(stepped(once, due('remind', minute(45)), stepContext(minute(45))).remindAt).toBe(minute(105));
  });

  it('of another time change nothing', () => {
    expect(outcome(open, due('remind', minute(14)))).toBe('out-of-date');
    expect(outcome(open, due('escalate', minute(29)))).toBe('out-of-date');
    expect(outcome(standings.snoozed, due('snooze-end', minute(59)))).toBe('out-of-date');
  });

  it('escalate once', () => {
    const up = stepped(open, due('escalate', minute(30)), stepContext(minute(30)));
    expect(up.escalateAt).toBeNull();
    expect(outcome(up, events.escalate(up))).toBe('already-escalated');
    expect(outcome(up, due('escalate', minute(30)))).toBe('out-of-date');
  });

  it('a snooze pauses both, and its end lets the escalation have what was left', () => {
    const asleep = acted(open, { word: 'snooze', by: 'U1', until: minute(60) }, minute(10));
    expect(asleep).toMatchObject({ remindAt: null, escalateAt: null });
    const awake = stepped(asleep, due('snooze-end', minute(60)), stepContext(minute(60)));
    expect(awake).toMatchObject({ snoozed: null, remindAt: minute(75), escalateAt: minute(80) });
  });

  it('a snooze of a snooze keeps what was left', () => {
    const first = acted(open, { word: 'snooze', by: 'U1', until: minute(60) }, minute(10));
    const second = acted(first, { word: 'snooze', by: 'U1', until: minute(90) }, minute(50));
    const awake = stepped(second, due('snooze-end', minute(90)), stepContext(minute(90)));
    expect(awake.escalateAt).toBe(minute(110));
  });

  it('nobody snoozes until a time that has passed', () => {
    const past: IncidentEvent = { type: 'acted', act: { word: 'snooze', by: 'U1', until: when } };
    expect(outcome(open, past)).toBe('in-the-past');
  });

  it('in quiet hours wait for the morning, but for a lockout', () => {
    const quietHours = { from: '20:00', to: '07:00', timeZone: 'Europe/Berlin' };
    const context = stepContext(minute(15), { rules: { ...incidentRules, quietHours } });
    const morning = Date.UTC(2026, 10, 24, 6);
    const held = stepped(failing, due('remind', minute(15)), context);
    expect(held.remindAt).toBe(morning);
    expect(held.timeline).toHaveLength(failing.timeline.length);
    const up = stepped(failing, due('escalate', minute(30)), { ...context, at: minute(30) });
    expect(up).toMatchObject({ escalateAt: morning, escalated: null });
    expect(outcome(open, due('remind', minute(15)), context)).toBe('open reminded thread');
  });
});

describe('autoResolve: false', () => {
  it('says that it looks over, once, and leaves closing to a person', () => {
    const context = stepContext(when, { rules: { ...incidentRules, autoResolve: false } });
    const clears = events.clears(open);
    const said = stepped(open, clears, context);
    expect(said.state).toBe('open');
    expect(said.timeline.at(-1)?.type).toBe('cleared');
    expect(outcome(said, clears, context)).toBe('still-so');
  });
});

describe('enrichment', () => {
  it('of another incident, or of nothing new, changes nothing', () => {
    const enriched = stepped(open, events.enriched(open), stepContext(when));
    expect(outcome(enriched, events.enriched(enriched))).toBe('still-so');
    expect(outcome(open, { type: 'enriched', incidentId: 'another', cause, breaks })).toBe('out-of-date');
  });
});
