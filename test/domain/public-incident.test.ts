import { describe, expect, it } from 'vitest';
import { printIncidents } from '../../src/cli/print/incidents.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Act } from '../../src/domain/incident-table.ts';
import { PublicIncident, publicIncident } from '../../src/domain/public-incident.ts';
import { at } from '../given.ts';
import { breaks, happening, label, lockedOut, minute, observed, stepContext, stepped } from '../incidents.ts';

const iso = (minutes: number) => new Date(minute(minutes)).toISOString();
const acted = (incident: Incident, act: Act, when: number) =>
  stepped(incident, { type: 'acted', act }, stepContext(minute(when), { version: incident.version + 1 }));

const open = lockedOut();
const known = stepped(
  open,
  {
    type: 'enriched',
    incidentId: open.id,
    cause: { id: 'guessing', text: 'Somebody guesses.', confidence: 'medium', evidence: ['e'], next: 'n' },
    breaks,
  },
  stepContext(minute(1)),
);
const taken = acted(known, { word: 'acknowledge', by: 'U1' }, 2);
const asleep = acted(taken, { word: 'snooze', by: 'U2', until: minute(60) }, 3);
const closed = acted(asleep, { word: 'resolve', by: 'U3', cause: 'typo', note: null }, 4);
const again = stepped(
  closed,
  observed(happening('account-locked', { at: minute(30) })),
  stepContext(minute(30), { version: 9 }),
);

describe('the public form of an incident', () => {
  it.each<[string, Incident, Partial<PublicIncident>]>([
    [
      'opened',
      open,
      { state: 'open', openedAt: iso(0), updatedAt: iso(0), count: 1, acknowledgedBy: null, cause: null },
    ],
    [
      'explained',
      known,
      { updatedAt: iso(1), cause: { id: 'guessing', text: 'Somebody guesses.', confidence: 'medium' } },
    ],
    ['taken', taken, { state: 'acknowledged', acknowledgedBy: 'U1', snoozedUntil: null }],
    ['asleep', asleep, { state: 'snoozed', acknowledgedBy: 'U1', snoozedUntil: iso(60) }],
    ['closed', closed, { state: 'resolved', snoozedUntil: null, resolvedBy: 'U3', updatedAt: iso(4) }],
    [
      'open again',
      again,
      {
        state: 'open',
        openedAt: iso(30),
        acknowledgedBy: null,
        resolvedBy: null,
        snoozedUntil: null,
        cause: null,
        count: 2,
      },
    ],
  ])('%s', (_, incident, expected) => {
    const told = publicIncident(incident);
    expect(PublicIncident.parse(told)).toMatchObject({
      schema: 'vaultcheck.incident/1',
      id: open.id,
      kind: 'account-locked',
      integration: 'corp',
      account: label,
      secret: null,
      ...expected,
    });
  });

  it('has each line of the timeline with its time and its person, in order', () => {
    const lines = publicIncident(again).timeline.map(({ at: when, what, by }) => [when, what, by]);
    expect(lines).toEqual([
      [iso(0), 'Locked out', null],
      [iso(2), 'Acknowledged', 'U1'],
      [iso(3), expect.stringMatching(/^Snoozed until /), 'U2'],
      [iso(4), 'Resolved. cause: typo', 'U3'],
      [iso(30), 'Again: Locked out', null],
    ]);
  });

  it('keeps what is hostile as it is in JSON, and prints nothing of it that a terminal obeys', () => {
    const evil = '\u001b[2J\u001b]0;x\u0007<!channel>\u202e\nRESOLVED';
    const hostile: Incident = {
      ...known,
      account: evil,
      cause: { id: 'unknown', text: evil, confidence: 'low', evidence: [], next: evil },
      acknowledged: { by: evil, at },
    };
    const told = publicIncident(hostile);
    expect(JSON.parse(JSON.stringify([told]))).toEqual([told]);
    expect(told.account).toBe(evil);
    const printed = printIncidents([told], { colour: false, width: 80, timeZone: 'UTC' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
    expect(printed.split('\n').filter((line) => line.startsWith('RESOLVED'))).toEqual([]);
  });

  it('without account, secret or cause is one line that says so', () => {
    const bare: Incident = { ...open, kind: 'watch-blind', account: null, secret: null, timeline: [] };
    const told = publicIncident(bare);
    expect(told).toMatchObject({ account: null, secret: null, cause: null, timeline: [] });
    const [head] = printIncidents([told], { colour: false, width: 80, timeZone: 'UTC' }).split('\n');
    expect(head).toMatch(/^OPEN {2}watch-blind · corp — since /);
  });
});
