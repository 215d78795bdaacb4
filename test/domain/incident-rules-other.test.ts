import { describe, expect, it } from 'vitest';
import type { Family } from '../../src/domain/incident-key.ts';
import { step } from '../../src/domain/incident-table.ts';
import type { Observation, Seen } from '../../src/domain/observation.ts';
import { at } from '../given.ts';
import {
  becomes,
  happening,
  heartbeatState,
  lookWorked,
  minute,
  observed,
  type RuleRow,
  remembered,
  secretChecked,
  serviceState,
  stepContext,
} from '../incidents.ts';

const changed = happening('secret-changed', { details: 'moved' });
const beat = happening('heartbeat-failed');
const broken = secretChecked(at, {
  newlyFailing: ['secret-doublelock'],
  verdicts: { 'secret-doublelock': 'fail' },
});
const verdict = (word: 'pass' | 'fail' | 'unknown', when = minute(5)) =>
  secretChecked(when, { verdicts: { 'secret-doublelock': word, 'secret-heartbeat': word } });

const rows: readonly RuleRow[] = [
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
    'open, poll in 60 s',
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
    'open, check in 60 s',
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

describe('incidents about anything but logins', () => {
  it.each(rows)('%s', (...[, family, opens, then, outcome]) => {
    expect(becomes(family, opens, then)).toBe(outcome);
  });

  it.each<[string, Family, Observation, Seen[]]>([
    [
      'one failed poll',
      'blind',
      happening('look-failed', { details: 'poll' }),
      remembered(happening('look-failed')),
    ],
    ['a first run that fails', 'checks', verdict('fail'), []],
    ['a service seen on', 'service', serviceState(at, true), []],
  ])('%s opens nothing', (...[, family, observation, recent]) => {
    expect(step(null, observed(observation, family), stepContext(at, { recent }))).toHaveProperty('ignored');
  });
});
