import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { type IncidentEvent, step } from '../../src/domain/incident-table.ts';
import { at } from '../given.ts';
import {
  accountState,
  acted,
  breaks,
  cause,
  elsewhere,
  happening,
  incidentRules,
  lockedOut,
  minute,
  observed,
  outcome,
  sighting,
  stepContext,
  stepped,
} from '../incidents.ts';

const when = minute(20);
const open = lockedOut();
const failing = stepped(
  null,
  observed(happening('login-failed', elsewhere)),
  stepContext(at, { version: 1, newId: 'i1' }),
);
const escalates: IncidentEvent = { type: 'acted', act: { word: 'escalate', by: 'U2' } };
const enriches = ({ id }: Incident): IncidentEvent => ({ type: 'enriched', incidentId: id, cause, breaks });

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
    const asleep = acted(open, { word: 'snooze', by: 'U1', until: minute(60) }, minute(5));
    expect(outcome(asleep, due('snooze-end', minute(59)))).toBe('out-of-date');
  });

  it('escalate once', () => {
    const up = stepped(open, due('escalate', minute(30)), stepContext(minute(30)));
    expect(up.escalateAt).toBeNull();
    expect(outcome(up, escalates)).toBe('already-escalated');
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

  describe('that quiet hours put off', () => {
    const quietHours = { from: '20:00', to: '07:00', timeZone: 'Europe/Berlin' };
    const quiet = (time: number) => stepContext(time, { rules: { ...incidentRules, quietHours } });
    const held = stepped(
      stepped(failing, due('remind', minute(15)), quiet(minute(15))),
      due('escalate', minute(30)),
      quiet(minute(30)),
    );
    const locks = (incident: Incident) =>
      step(incident, observed(happening('account-locked', { at: minute(40) })), quiet(minute(40)));

    it('come in time when a lockout takes the incident over', () => {
      const next = locks(held);
      if ('ignored' in next) throw new Error(next.ignored);
      expect(next.incident).toMatchObject({ remindAt: minute(55), escalateAt: minute(70) });
      expect(next.effects).toEqual(
        expect.arrayContaining([
          { type: 'timer', timer: 'remind', at: minute(55) },
          { type: 'timer', timer: 'escalate', at: minute(70) },
        ]),
      );
    });

    it('stay where they are when they come sooner anyway, and away where nobody is to be called', () => {
      expect(locks(failing)).toMatchObject({ incident: { remindAt: minute(15), escalateAt: minute(30) } });
      const taken = acted(held, { word: 'acknowledge', by: 'U1' }, minute(35));
      expect(locks(taken)).toMatchObject({ incident: { remindAt: null, escalateAt: null } });
    });

    it('do not make what was left of the time longer, when it is snoozed', () => {
      const asleep = acted(held, { word: 'snooze', by: 'U1', until: minute(360) }, minute(35));
      const awake = stepped(asleep, due('snooze-end', minute(360)), stepContext(minute(360)));
      expect(awake.escalateAt).toBe(minute(390));
    });
  });
});

describe('autoResolve: false', () => {
  it('says that it looks over, once, and leaves closing to a person', () => {
    const context = stepContext(when, { rules: { ...incidentRules, autoResolve: false } });
    const clears = observed(accountState(when, { logins: [sighting(minute(9))] }));
    const said = stepped(open, clears, context);
    expect(said.state).toBe('open');
    expect(said.timeline.at(-1)?.type).toBe('cleared');
    expect(outcome(said, clears, context)).toBe('still-so');
  });
});

describe('enrichment', () => {
  it('of another incident, or of nothing new, changes nothing', () => {
    const enriched = stepped(open, enriches(open), stepContext(when));
    expect(outcome(enriched, enriches(enriched))).toBe('still-so');
    expect(outcome(open, { type: 'enriched', incidentId: 'another', cause, breaks })).toBe('out-of-date');
  });
});
