import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/domain/incident-key.ts';
import { keysOf } from '../../../src/domain/incident-key.ts';
import { step } from '../../../src/domain/incident-table.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import type { HappeningSeen, Observation, Seen } from '../../../src/domain/observation.ts';
import { remember } from '../../../src/domain/seen-again.ts';
import { at } from '../../given.ts';
import {
  accountState,
  elsewhere,
  happening,
  heartbeatState,
  lookWorked,
  minute,
  observed,
  secretChecked,
  serviceState,
  sighting,
  stepContext,
  stepped,
} from '../../incidents.ts';

const unknown = { address: null, origin: 'unknown', appliance: null } as const;
const remembered = (...seen: HappeningSeen[]) =>
  seen.reduce<Seen[]>((recent, one) => remember(one, recent).recent, []);

/** What opens one, and one that follows it: what becomes of it. */
type Row = [name: string, family: Family, opens: Observation, then: Observation, outcome: string];

const failed = happening('login-failed', elsewhere);
const failedHere = { ...happening('login-failed'), reason: 'AuthenticationFailed' };
const changed = happening('secret-changed', { details: 'moved' });
const beat = happening('heartbeat-failed');
const broken = secretChecked(at, {
  newlyFailing: ['secret-doublelock'],
  verdicts: { 'secret-doublelock': 'fail' },
});
const verdict = (word: 'pass' | 'fail' | 'unknown', when = minute(5)) =>
  secretChecked(when, { verdicts: { 'secret-doublelock': word, 'secret-heartbeat': word } });

const rows: readonly Row[] = [
  [
    'a lockout, seen unlocked too soon',
    'login',
    happening('account-locked'),
    accountState(at + 59_999),
    'open, poll in 60 s',
  ],
  [
    'a lockout, seen unlocked a minute later',
    'login',
    happening('account-locked'),
    accountState(at + 60_000),
    'resolved',
  ],
  [
    'a lockout, seen by a poll',
    'login',
    accountState(at, { locked: true }),
    accountState(minute(2)),
    'resolved',
  ],
  [
    'a lockout, an event says unlocked',
    'login',
    happening('account-locked'),
    happening('account-unlocked', { at: minute(2) }),
    'open',
  ],
  [
    'elsewhere failing, an appliance logs in',
    'login',
    failed,
    accountState(minute(9), { logins: [sighting(minute(8))] }),
    'not-settled',
  ],
  ['elsewhere failing, quiet for a day', 'login', failed, accountState(at + dayMs), 'resolved'],
  [
    'elsewhere failing, quiet but for one that no event told',
    'login',
    failed,
    accountState(at + dayMs, { failures: [sighting(minute(60), elsewhere)] }),
    'not-settled',
  ],
  [
    'elsewhere failing, now an appliance too',
    'login',
    failed,
    accountState(at + dayMs, { failures: [sighting(minute(60))] }),
    'not-settled',
  ],
  [
    'a mistyped name, the appliance logs in',
    'login',
    happening('login-unknown-user', sighting(at)),
    accountState(minute(9), { logins: [sighting(minute(8))] }),
    'resolved',
  ],
  [
    'a mistyped name, another appliance logs in',
    'login',
    happening('login-unknown-user', sighting(at)),
    accountState(minute(9), {
      logins: [sighting(minute(8), { appliance: 'appliance-02', address: '10.20.30.41' })],
    }),
    'not-settled',
  ],
  [
    'a mistyped name from nobody knows where, an appliance logs in',
    'login',
    happening('login-unknown-user', unknown),
    accountState(minute(9), { logins: [sighting(minute(8))] }),
    'resolved',
  ],
  ['a look that began before', 'login', failed, accountState(at - 1), 'looked-too-early'],

  [
    'a changed password, the record still old',
    'password',
    happening('password-changed'),
    accountState(minute(5), { recordEditedAt: minute(-5) }),
    'not-settled',
  ],
  [
    'a changed password, the record edited',
    'password',
    happening('password-changed'),
    accountState(minute(5), { recordEditedAt: minute(4) }),
    'resolved',
  ],
  [
    'a changed password, the appliance logs in',
    'password',
    happening('password-changed'),
    accountState(minute(5), { logins: [sighting(minute(4))] }),
    'resolved',
  ],
  [
    'a changed password, somebody else logs in',
    'password',
    happening('password-changed'),
    accountState(minute(5), { logins: [sighting(minute(4), elsewhere)] }),
    'not-settled',
  ],
  [
    'a changed password, an event says the appliance logs in',
    'password',
    happening('password-changed'),
    happening('login', { at: minute(5) }),
    'open',
  ],

  [
    'a strange login, another',
    'unexpected-login',
    happening('login', elsewhere),
    happening('login', { ...elsewhere, at: minute(1) }),
    'open',
  ],
  [
    'a strange login, an appliance',
    'unexpected-login',
    happening('login', elsewhere),
    happening('login', { at: minute(1) }),
    'no-matter',
  ],

  ['a changed secret, the check passes', 'secret', changed, verdict('pass'), 'resolved'],
  ['a changed secret, the check fails', 'secret', changed, verdict('fail'), 'not-settled'],
  ['a changed secret, the check knows nothing', 'secret', changed, verdict('unknown'), 'not-settled'],
  [
    'a changed secret, a check that began before',
    'secret',
    changed,
    verdict('pass', at - 1),
    'looked-too-early',
  ],

  ['a service off, seen on', 'service', happening('service-off'), serviceState(minute(5), true), 'resolved'],
  [
    'a service off, still off',
    'service',
    happening('service-off'),
    serviceState(minute(5), false),
    'still-so',
  ],
  [
    'a service off, an event says on',
    'service',
    happening('service-off'),
    happening('service-on', { at: minute(5) }),
    'open',
  ],
  ['a service seen off', 'service', serviceState(at, false), serviceState(minute(5), true), 'resolved'],

  [
    'a heartbeat seen to fail, seen to succeed',
    'heartbeat',
    heartbeatState(at, false),
    heartbeatState(minute(5), true),
    'resolved',
  ],
  ['a heartbeat, seen to succeed', 'heartbeat', beat, heartbeatState(minute(5), true), 'resolved'],
  ['a heartbeat, seen to fail', 'heartbeat', beat, heartbeatState(minute(5), false), 'not-settled'],
  ['a heartbeat, its check passes', 'heartbeat', beat, verdict('pass'), 'resolved'],
  [
    'a heartbeat, an event says it succeeds',
    'heartbeat',
    beat,
    happening('heartbeat-succeeded', { at: minute(5) }),
    'open',
  ],

  [
    'silence, an event',
    'events',
    happening('events-missing'),
    happening('events-arrived', { at: minute(5) }),
    'resolved',
  ],

  ['a failing check, passes', 'checks', broken, verdict('pass'), 'resolved'],
  ['a failing check, unknown', 'checks', broken, verdict('unknown'), 'not-settled'],
  ['a failing check, still failing', 'checks', broken, verdict('fail'), 'not-settled'],
  [
    'a failing check, accepted',
    'checks',
    broken,
    secretChecked(minute(5), { verdicts: { 'secret-doublelock': 'skipped' } }),
    'resolved',
  ],
  [
    'a failing check, one more',
    'checks',
    broken,
    secretChecked(minute(5), { newlyFailing: ['secret-checkout'] }),
    'open',
  ],

  [
    'a refused login, a poll works',
    'blind',
    happening('look-failed', { details: 'login' }),
    lookWorked(minute(5)),
    'resolved',
  ],
  [
    'a check without a verdict, it goes on',
    'blind',
    happening('look-failed', { details: 'check' }),
    happening('look-failed', { details: 'poll', at: minute(5) }),
    'open',
  ],
];

describe('kinds', () => {
  it.each(rows)('%s', (...row) => {
    const [, family, opens, then, expected] = row;
    const open = stepped(null, observed(opens, family), stepContext(opens.seenAt));
    const next = step(open, observed(then, family), stepContext(then.seenAt, { version: 3 }));
    if ('ignored' in next) return expect(next.ignored).toBe(expected);
    const look = next.effects.find((one) => one.type === 'look-soon');
    const soon = look && expected.includes('poll') ? `, ${look.look} in ${look.inMs / 1_000} s` : '';
    expect(`${next.incident?.state}${soon}`).toBe(expected);
  });

  it('an old row that a poll reads late does not put off the moment at which unlocked is believed', () => {
    const open = stepped(null, observed(happening('account-locked'), 'login'), stepContext(at));
    const row = happening('login-failed', {
      source: 'poll',
      via: 'poll',
      at: at + 1_000,
      seenAt: at + 30_000,
    });
    const fed = stepped(open, observed(row, 'login'), stepContext(row.seenAt, { version: 3 }));
    expect(fed.count).toBe(2);
    const over = observed(accountState(at + 61_000), 'login');
    expect(stepped(fed, over, stepContext(at + 61_000, { version: 4 })).state).toBe('resolved');
  });

  it.each<[string, Family, Observation, Seen[]]>([
    [
      'two failures of an appliance',
      'login',
      failedHere,
      remembered(happening('login-failed', { at: minute(-1) }), failedHere),
    ],
    [
      'three in more than ten minutes',
      'login',
      failedHere,
      remembered(...[-11, -5].map((m) => happening('login-failed', { at: minute(m) })), failedHere),
    ],
    [
      'one failed poll',
      'blind',
      happening('look-failed', { details: 'poll' }),
      remembered(happening('look-failed')),
    ],
    ['an appliance that logs in', 'unexpected-login', happening('login'), []],
    ['a login that nobody can place', 'unexpected-login', happening('login', unknown), []],
    ['a first run that fails', 'checks', verdict('fail'), []],
    ['a service seen on', 'service', serviceState(at, true), []],
    ['a poll that finds all well', 'login', accountState(at), []],
  ])('%s opens nothing', (...row) => {
    const [, family, observation, recent] = row;
    expect(step(null, observed(observation, family), stepContext(at, { recent }))).toHaveProperty('ignored');
  });

  it.each<[string, Observation, Seen[]]>([
    [
      'three in ten minutes',
      failedHere,
      remembered(...[-10, -5].map((m) => happening('login-failed', { at: minute(m) })), failedHere),
    ],
    [
      'three told out of order',
      failedHere,
      remembered(...[4, 8].map((m) => happening('login-failed', { at: minute(m) })), failedHere),
    ],
    ['one from elsewhere', failed, remembered(failed)],
  ])('%s are failing logins', (...row) => {
    const [, observation, recent] = row;
    expect(stepped(null, observed(observation), stepContext(at, { recent }))).toMatchObject({
      kind: 'login-failing',
    });
  });

  it('a lockout bears the addresses of the failures before it', () => {
    const recent = remembered(
      ...[-3, -2].map((m) => happening('login-failed', { at: minute(m) })),
      happening('account-locked'),
    );
    const opened = stepped(null, observed(happening('account-locked')), stepContext(at, { recent }));
    expect(opened).toMatchObject({
      count: 3,
      addresses: [{ address: '10.20.30.40', appliance: 'appliance-01', count: 2 }],
    });
  });

  it('keys tell apart what is not one thing, and a lockout and failures are one', () => {
    const key = (observation: Observation) => keysOf(observation)[0]?.key;
    expect(key(happening('account-locked'))).toBe(key(happening('login-failed')));
    expect(key(happening('account-locked'))).not.toBe(key(happening('account-locked', { account: 'other' })));
    expect(key(happening('account-locked'))).not.toBe(
      key(happening('account-locked', { integration: 'other' })),
    );
    expect(key(happening('service-off'))).toBe(key(serviceState(at, true)));
    expect(key(happening('service-off'))).not.toBe(key(happening('service-off', { details: 'force-https' })));
  });
});

describe('the same thing seen again', () => {
  const again = (
    kind: 'account-locked' | 'login-failed',
    offMs: number,
    fields: Partial<HappeningSeen> = {},
    isTimeOfSending = false,
  ) => {
    const before = happening(kind, isTimeOfSending ? { isTimeOfSending } : {});
    return remember(happening(kind, { at: at + offMs, ...fields }), remembered(before)).known;
  };

  it.each<[string, boolean, Parameters<typeof again>]>([
    ['a lockout within two seconds, by any way', true, ['account-locked', 2_000]],
    ['a lockout later than that', false, ['account-locked', 2_001]],
    ['a lockout by mail, within a minute and a half', true, ['account-locked', 90_000, { via: 'mail' }]],
    ['a lockout by mail later than that', false, ['account-locked', 90_001, { via: 'mail' }]],
    ['a failure by another way', true, ['login-failed', -1_500, { via: 'poll' }]],
    [
      'a failure by another way from another address',
      false,
      ['login-failed', 0, { via: 'poll', address: '10.0.0.1' }],
    ],
    [
      'a failure by another way without an address',
      true,
      ['login-failed', 0, { via: 'poll', address: null }],
    ],
    [
      'a failure whose event was dated by its sending',
      true,
      ['login-failed', -25_000, { via: 'poll' }, true],
    ],
    [
      'a failure longer before it was sent than that',
      false,
      ['login-failed', -30_001, { via: 'poll' }, true],
    ],
    [
      'a failure dated by its sending, after the row',
      true,
      ['login-failed', 25_000, { via: 'tcp', isTimeOfSending: true }],
    ],
    ['a failure dated by itself, as far from the row', false, ['login-failed', 25_000, { via: 'tcp' }]],
    ['a second failure by the same way', false, ['login-failed', 1_000]],
    ['the very same failure sent again', true, ['login-failed', 0]],
    ['a second one of that moment, by a way that counts', false, ['login-failed', 0, { nth: 1 }]],
  ])('%s: %s', (...row) => {
    const [, known, call] = row;
    expect(again(...call)).toBe(known);
  });

  it('a row that was paired with an event of another second is known when it is read again', () => {
    const event = (offMs: number) => happening('login-failed', { at: at + offMs });
    const row = (offMs: number) => happening('login-failed', { at: at + offMs, via: 'poll', source: 'poll' });
    const both = remembered(event(0), event(1_000), row(350), row(1_400));
    expect(both).toHaveLength(2);
    for (const again of [row(350), row(1_400), event(0), event(1_000)])
      expect(remember(again, both)).toEqual({ known: true, recent: both });
  });

  it('of five in one moment, events tell one and a poll all, however often it reads them', () => {
    const event = happening('login-failed');
    const rows = [0, 1, 2, 3, 4].map((nth) =>
      happening('login-failed', { via: 'poll', source: 'poll', ...(nth > 0 ? { nth } : {}) }),
    );
    expect(remembered(event, event)).toHaveLength(1);
    expect(remembered(event, ...rows)).toHaveLength(5);
    expect(remembered(event, ...rows, ...rows)).toHaveLength(5);
  });

  it('does not count a flood again that is longer than its memory', () => {
    const flood = Array.from({ length: 300 }, (_, one) => happening('login-failed', { at: at + one * 100 }));
    const recent = remembered(...flood);
    expect(flood.filter((one) => !remember(one, recent).known)).toEqual([]);
    expect(remember(happening('account-locked', { at: minute(-60) }), recent).known).toBe(false);
  });

  it('forgets after a day, and never keeps more than it may', () => {
    const many = Array.from({ length: 500 }, (_, one) => happening('login-failed', { at: at + one * 1_000 }));
    expect(remembered(...many)).toHaveLength(200);
    const nextDay = happening('login-failed', { at: at + 2 * dayMs });
    expect(remembered(happening('login-failed'), nextDay)).toHaveLength(1);
  });
});
