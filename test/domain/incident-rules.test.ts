import { describe, expect, it } from 'vitest';
import type { Family } from '../../src/domain/incident-key.ts';
import { step } from '../../src/domain/incident-table.ts';
import { dayMs } from '../../src/domain/instant.ts';
import type { Observation, Seen } from '../../src/domain/observation.ts';
import { at } from '../given.ts';
import {
  accountState,
  becomes,
  elsewhere,
  happening,
  minute,
  observed,
  type RuleRow,
  remembered,
  sighting,
  stepContext,
  stepped,
} from '../incidents.ts';

const unknown = { address: null, origin: 'unknown', appliance: null } as const;
const failed = happening('login-failed', elsewhere);
const failedHere = { ...happening('login-failed'), reason: 'AuthenticationFailed' };

const rows: readonly RuleRow[] = [
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
    'open, poll in 60 s',
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
    'open, poll in 60 s',
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
];

describe('incidents about logins and passwords', () => {
  it.each(rows)('%s', (...[, family, opens, then, outcome]) => {
    expect(becomes(family, opens, then)).toBe(outcome);
  });

  it.each([
    ['before the lockout is none again', minute(-300), 'Seen unlocked, with no failed login since.'],
    ['after it is told', minute(8), 'Seen unlocked; logged in again from appliance-01.'],
  ])('a login from %s', (_, loginAt, note) => {
    const open = stepped(null, observed(happening('account-locked'), 'login'), stepContext(at));
    const state = observed(accountState(minute(9), { logins: [sighting(loginAt)] }), 'login');
    expect(stepped(open, state, stepContext(minute(9))).resolution?.note).toBe(note);
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
    ['an appliance that logs in', 'unexpected-login', happening('login'), []],
    ['a login that nobody can place', 'unexpected-login', happening('login', unknown), []],
    ['a poll that finds all well', 'login', accountState(at), []],
  ])('%s opens nothing', (...[, family, observation, recent]) => {
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
});
