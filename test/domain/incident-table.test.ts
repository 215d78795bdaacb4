import { describe, expect, it } from 'vitest';
import { type Incident, incidentStates } from '../../src/domain/incident.ts';
import type { Word } from '../../src/domain/incident-moves.ts';
import { type IncidentEvent, table } from '../../src/domain/incident-table.ts';
import {
  accountState,
  acted,
  breaks,
  cause,
  happening,
  lockedOut,
  minute,
  observed,
  outcome,
  sighting,
} from '../incidents.ts';

const open = lockedOut();
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
