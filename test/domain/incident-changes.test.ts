import { describe, expect, it } from 'vitest';
import { step } from '../../src/domain/incident-table.ts';
import { dayMs, hourMs } from '../../src/domain/instant.ts';
import { at } from '../given.ts';
import {
  accountState,
  acted,
  breaks,
  cause,
  elsewhere,
  happening,
  lockedOut,
  minute,
  observed,
  outcome,
  remembered,
  secretChecked,
  sighting,
  stepContext,
  stepped,
} from '../incidents.ts';

const later = minute(5);
const open = lockedOut();
const failing = stepped(
  null,
  observed(happening('login-failed', elsewhere)),
  stepContext(at, { version: 1, newId: 'i1' }),
);

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

  it('failed logins are counted once each, and a lockout is none', () => {
    const recent = remembered(...failures(-3, -2, -1), happening('account-locked', { at: minute(-1) }));
    const lockout = happening('account-locked', { at: minute(-1), address: '10.20.30.40' });
    const opened = stepped(null, observed(lockout), stepContext(minute(-1), { recent }));
    expect(opened).toMatchObject({ count: 4, failures: 3, addresses: [{ count: 3 }] });
    const [one] = failures(1);
    const fed = one && stepped(opened, observed(one), stepContext(minute(1)));
    expect(fed).toMatchObject({ count: 5, failures: 4, addresses: [{ count: 4 }] });
  });

  it('failing logins began with the first that is counted, and again with the first after the end', () => {
    const opens = (...minutes: number[]) => {
      const all = failures(...minutes);
      const last = all.at(-1);
      if (!last) throw new Error('no failure');
      return { event: observed(last), context: stepContext(last.at, { recent: remembered(...all) }) };
    };
    const first = opens(-7, -3, 0);
    const began = stepped(null, first.event, first.context);
    expect(began).toMatchObject({ kind: 'login-failing', since: minute(-7), failures: 3 });
    const over = acted(began, { word: 'resolve', by: 'U1', cause: null, note: null }, minute(5));
    const second = opens(-7, -3, 0, 7, 8, 9);
    expect(stepped(over, second.event, second.context)).toMatchObject({
      since: minute(7),
      lastAt: minute(9),
    });
  });

  it('what a look tells of was counted as it happened', () => {
    const [one] = failures(0);
    if (!one) throw new Error('no failure');
    const failing = stepped(
      null,
      observed(one),
      stepContext(at, { recent: remembered(...failures(-2, -1, 0)) }),
    );
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
    const recent = remembered(...failures(299), again);
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

describe('a line of the timeline', () => {
  const row = (kind: 'account-locked' | 'login-failed', lateMs: number) =>
    happening(kind, { source: 'poll', via: 'poll', at: later, seenAt: later + lateMs });
  const line = (before: Parameters<typeof stepped>[0], observation: ReturnType<typeof row>) =>
    stepped(before, observed(observation), stepContext(observation.seenAt)).timeline.at(-1)?.what;

  it('says when it happened, where a poll read it long after', () => {
    const when = ' (happened 2026-11-24T02:05Z)';
    expect(line(null, row('account-locked', 12 * 60_000))).toBe(`Locked out${when}`);
    expect(line(open, row('login-failed', 12 * 60_000))).toBe(
      `Failed login from appliance-01 (10.20.30.40)${when}`,
    );
    expect(line(open, row('login-failed', 60_000))).toBe('Failed login from appliance-01 (10.20.30.40)');
  });

  it('says once that an event came late', () => {
    const event = happening('account-locked', { at, seenAt: at + 2 * hourMs });
    const opened = stepped(null, observed(event), stepContext(event.seenAt));
    expect(opened.timeline.at(-1)?.what).toBe('Locked out (told 2 hours late)');
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

  it('a strange login that nobody knew of when the others were resolved reopens', () => {
    const strange = (time: number, seenAt: number) =>
      observed(happening('login', { ...elsewhere, at: time, seenAt }), 'unexpected-login');
    const first = stepped(null, strange(at, at), stepContext(at, { newId: 'i1' }));
    const over = acted(first, { word: 'resolve', by: 'U1', cause: null, note: null }, minute(30));
    for (const time of [minute(10), minute(28)]) {
      const context = stepContext(minute(40));
      expect(outcome(over, strange(time, minute(40)), context)).toBe('open opened broadcast');
      expect(stepped(over, strange(time, minute(40)), context).id).toBe('i1');
    }
    expect(outcome(over, strange(minute(40), minute(40) + dayMs), stepContext(minute(30) + dayMs + 1))).toBe(
      'open opened thread',
    );
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
