import { join } from 'node:path';
import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident, TimelineEntry } from '../../../src/domain/incident.ts';
import { charactersOf, limits, type View } from '../../../src/slack/blocks.ts';
import { incidentCard } from '../../../src/slack/render/incident.ts';
import { incidentListView } from '../../../src/slack/render/incident-list.ts';
import { type ThreadLines, threadView } from '../../../src/slack/render/incident-thread.ts';
import { resolveModal } from '../../../src/slack/render/resolve-modal.ts';
import {
  acknowledged,
  alone,
  clearedAlone,
  explained,
  frame,
  incident,
  resolved,
  since,
  snoozed,
  stormOf,
} from '../incidents.ts';
import { problemsOf } from '../validate.ts';

const entry = (seq: number, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  seq,
  at: since + seq * 1000,
  type: 'seen',
  what: `Failed login from appliance-01 (10.20.30.40)`,
  by: null,
  tell: 'thread',
  ...more,
});
const card = (more: Partial<Incident>, frames = frame) => incidentCard(alone(incident(more)), frames);
const mixed = stormOf(12, (at) => (at < 2 ? acknowledged : at < 3 ? resolved : at < 4 ? snoozed : {}));
const lines = (incidents: readonly Incident[], entries: readonly TimelineEntry[]): ThreadLines => {
  const [first = incident(), ...others] = incidents;
  return { incidents: [first, ...others], alone: others.length === 0, entries, broadcast: false };
};
const reminder = entry(3, { type: 'reminded', what: 'Still open, and nobody has it' });
const escalation = entry(2, { type: 'escalated', what: 'Escalated: nobody took it', tell: 'mention' });
const note = entry(1, { type: 'acted', what: 'Acknowledged', by: 'U0ANA' });

const views = {
  'incident-open': card({}),
  'incident-explained': card(explained),
  'incident-acknowledged': card({ ...explained, ...acknowledged }),
  'incident-snoozed': card({ ...explained, ...snoozed }),
  'incident-escalated': card({ escalated: { by: null, at: since + 30 * 60_000 } }),
  'incident-late-flapping': card({ lateMs: 4 * 3_600_000, flapping: true, openings: [1, 2, 3] }),
  'incident-no-addresses': card({}, { ...frame, addresses: false, links: [], escalation: false }),
  'incident-displaced': card({}, { ...frame, displacedFrom: 'C0GONE' }),
  'incident-resolved': card({ ...explained, ...resolved }),
  'incident-cleared': card({ ...explained, ...clearedAlone }),
  'incident-check-failed': card({
    kind: 'check-failed',
    severity: 'high',
    account: null,
    secret: 'scanadmin',
    addresses: [],
    checks: ['secret-doublelock'],
    reason: 'DoubleLock is on.',
  }),
  'incident-storm': incidentCard(mixed, frame),
  'incident-storm-over': incidentCard(
    stormOf(3, () => resolved),
    frame,
  ),
  'incident-thread': threadView(lines([incident()], [note]), null),
  'incident-thread-many': threadView(
    {
      ...lines(
        [incident()],
        Array.from({ length: 30 }, (_, at) =>
          entry(at + 1, { what: `Failed login from 10.20.30.${at + 1}` }),
        ),
      ),
      alone: false,
    },
    null,
  ),
  'incident-thread-reminder': threadView(lines([incident(explained)], [reminder]), null),
  'incident-thread-mention': threadView(lines([incident(explained)], [escalation]), 'S0SECOPS'),
  'incident-thread-again': threadView(
    {
      ...lines([incident()], [entry(4, { type: 'opened', what: 'Again: Locked out', tell: 'broadcast' })]),
      broadcast: true,
    },
    null,
  ),
  'incident-thread-storm': threadView(lines(mixed.storm, [reminder]), null),
  'incident-thread-storm-mention': threadView(lines(mixed.storm, [escalation]), 'S0SECOPS'),
  'incident-list': incidentListView([incident(explained), incident({ ...acknowledged, id: 'two' })], {
    frameOf: () => frame,
    title: 'Open incidents',
    words: 'incidents',
    page: 1,
    unread: 0,
    more: true,
  }),
  'incident-list-none': incidentListView([], {
    frameOf: () => frame,
    title: 'Open incidents',
    words: 'incidents',
    page: 1,
    unread: 0,
    more: false,
  }),
  'resolve-modal': resolveModal(incident(explained), '{"v":1}'),
};

describe('goldens of incidents', () => {
  it.each(Object.entries(views))('%s looks as agreed, and Slack takes it', async (name, view) => {
    expect(problemsOf(view)).toEqual([]);
    const path = join(import.meta.dirname, `../../golden/slack/${name}.golden.json`);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(path);
  });
});

/** What stands on a phone's lock screen. */
describe('the text of a notification', () => {
  const told = Object.entries(views).flatMap(([name, view]): [string, View][] =>
    /^incident-(?!list)/.test(name) && 'text' in view ? [[name, view]] : [],
  );
  const whose = (name: string) => (name.includes('check-failed') ? /scanadmin/ : /svc-/);
  const isOver = (name: string) => /resolved|cleared|over/.test(name);

  it.each(told)('of %s says whose it is', (name, { text }) => {
    expect(text).toMatch(whose(name));
  });

  it.each(told.filter(([name]) => !/thread$|thread-many/.test(name) && !isOver(name)))(
    'of %s says what happened and what to do',
    (name, { text }) => {
      expect(text).toMatch(/LOCKED OUT|CHECK FAILED/);
      expect(text.replaceAll('*', '')).toMatch(/Do:? +\S/);
      if (/explained|reminder|thread-mention/.test(name))
        expect(text).toContain('Qualys still sends the old password');
    },
  );

  it.each(told.filter(([name]) => isOver(name)))(
    'of %s says that it is over, and asks for nothing',
    (_, { text }) => {
      expect(text).toContain('RESOLVED');
      expect(text).not.toMatch(/Do:/);
    },
  );

  it('says how late it comes, and that it was escalated', () => {
    expect(views['incident-late-flapping'].text).toContain('told of it 4 hours late');
    expect(views['incident-escalated'].text).toContain('escalated, nobody has it');
    expect(views['incident-thread-mention'].text).toContain('<!subteam^S0SECOPS> nobody has taken this');
  });
});

describe('a thread', () => {
  const told = (entries: readonly TimelineEntry[]) =>
    threadView(lines([incident()], entries), null).text.split('\n');
  const from = (seq: number, address: string) => entry(seq, { what: `Failed login from ${address}` });

  it('says once what was seen again, and how often', () => {
    const opened = entry(1, { type: 'opened', what: 'Locked out' });
    const four = [2, 3, 4, 5].map((seq) => entry(seq));
    const all = told([opened, ...four]);
    expect(all).toHaveLength(2);
    expect(all[1]).toMatch(/Failed login from appliance-01 \(10\.20\.30\.40\) · 4 times$/);
  });

  it('says until when it went on, and what else was seen meanwhile', () => {
    const all = told([from(1, '10.0.0.1'), from(2, '10.0.0.2'), from(200, '10.0.0.1')]);
    expect(all).toHaveLength(2);
    expect(all[0]).toMatch(/10\.0\.0\.1 · 2 times, last .*03:10 UTC>$/);
    expect(all[1]).toMatch(/10\.0\.0\.2$/);
  });

  it('says that nobody has it only where time called the group, and not a person', () => {
    const call = (by: string | null) =>
      threadView(lines([incident(acknowledged)], [{ ...escalation, by }]), 'S0SECOPS').text;
    expect(call(null)).toContain('<!subteam^S0SECOPS> nobody has taken this');
    expect(call('U0ANA')).toContain('<!subteam^S0SECOPS> <@U0ANA> asks you to look at this: CORP');
    expect(call('U0ANA')).not.toContain('nobody has taken this');
  });

  it('keeps apart what was seen before and after something else', () => {
    expect(told([entry(1), { ...note, seq: 2 }, entry(3)])).toHaveLength(3);
  });
});

describe('a storm', () => {
  it('is over only when all of it is, whoever leads', () => {
    const ledOver = incidentCard(
      stormOf(3, (at) =>
        at === 0 ? resolved : { ...explained, kind: at === 2 ? 'login-failing' : 'account-locked' },
      ),
      frame,
    );
    expect(ledOver.text).toMatch(/^🔴 LOCKED OUT · 3 accounts · corp — 2 open, 1 resolved/);
    expect(ledOver.text).toContain('Put the new password into the Qualys vault record');
    const shown = JSON.stringify(ledOver.blocks);
    expect(shown).toMatch(/svc-scan-0 — resolved by <@U0ANA>/);
    expect(shown).toMatch(/svc-scan-2 — nobody has it, LOGIN FAILING/);
    expect(shown).toContain('incident.acknowledge');
    expect(views['incident-storm-over'].text).toMatch(/^🟢 RESOLVED · 3 accounts/);
    expect(JSON.stringify(views['incident-storm-over'].blocks)).not.toContain('action_id');
  });
});

describe('a card', () => {
  const first = (more: Partial<Incident>) => card(more).text.split('\n')[0];

  it.each([
    ['open', {}, '🔴 LOCKED OUT · CORP\\svc-qualys · corp — open, nobody has it'],
    ['acknowledged', acknowledged, '🔵 LOCKED OUT · CORP\\svc-qualys · corp — somebody has it'],
    ['snoozed', snoozed, '💤 LOCKED OUT · CORP\\svc-qualys · corp — snoozed'],
    ['resolved', resolved, '🟢 RESOLVED · CORP\\svc-qualys · corp — was locked out for 41 minutes'],
  ] as const)('says that it is %s in its first words', (_, more, line) => {
    expect(first(more)).toBe(line);
  });

  it('tells a person who reads only the notification why, and what to do', () => {
    const { text } = card(explained);
    expect(text).toContain('Qualys still sends the old password');
    expect(text).toContain('Do: Put the new password into the Qualys vault record, then unlock svc-qualys.');
  });

  it.each([
    ['open', {}, ['incident.acknowledge', 'incident.resolve', 'incident.check', 'incident.more']],
    ['acknowledged', acknowledged, ['incident.resolve', 'incident.check', 'incident.more']],
    ['resolved', resolved, []],
  ] as const)('offers what can be done while it is %s, and no more', (_, more, ids) => {
    const rows = card(more).blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(rows.map((one) => ('action_id' in one ? one.action_id : ''))).toEqual(ids);
  });

  it.each([
    ['in the directory', 1, 'changed in the directory'],
    [null, 1, 'changed in Secret Server'],
    [null, 2, 'changed 2 times'],
  ])('of a changed password says where it was changed: %s, %i', (about, count, said) => {
    expect(card({ kind: 'password-changed', about, count }).text).toContain(`· ${said}`);
  });

  it('offers to escalate only where somebody is configured and was not called yet', () => {
    expect(JSON.stringify(card({}))).toContain('escalate');
    expect(JSON.stringify(card({ escalated: { by: null, at: since } }))).not.toContain('\\"escalate');
    expect(JSON.stringify(card({}, { ...frame, escalation: false }))).not.toContain('\\"escalate');
  });

  it.each([
    ['InvalidIpAddress', true],
    ['LoginFailures: 4 to 5; IsLockedOut: false to true;', false],
    [null, false],
  ])('says the reason %s where it is one in words: %s', (reason, said) => {
    expect(card({ reason }).text.includes(`(${reason})`)).toBe(said);
  });

  it('of a storm names every one of 200 accounts', () => {
    const view = stormOf(200);
    const text = JSON.stringify(incidentCard(view, frame));
    for (const one of view.storm) expect(text).toContain(one.account);
  });
});

const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel> <@U0BOSS> <https://evil.example|click>',
    '&amp;&lt;!here&gt;```',
    '\u202egnp\u0000\n\n',
    '&'.repeat(5000),
    '🧨'.repeat(3000),
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

describe('whatever people and vendors call their things', () => {
  it('cards, threads, lists and forms are what Slack takes, and mention nobody', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 300 }), fc.boolean(), (text, count, over) => {
        const state = over
          ? { ...resolved, resolution: { by: text, at: since, cause: text, note: text } }
          : {};
        const all: Partial<Incident> = {
          account: text,
          integration: text,
          reason: text,
          checks: [text],
          addresses: Array.from({ length: 9 }, () => ({
            at: since,
            address: text,
            origin: 'elsewhere' as const,
            appliance: text,
            count: 2,
          })),
          cause: { id: 'guessing', text, confidence: 'low', evidence: [text, text], next: text },
          breaks: { secrets: [text, text, text, text], scans: [{ title: text, at: since }], unread: [text] },
          ...state,
        };
        const one = incident(all);
        const hostile = {
          ...frame,
          links: [{ title: text, url: 'https://wiki.example/' }],
          displacedFrom: text,
        };
        const entries = Array.from({ length: Math.min(count, 40) }, (_, at) =>
          entry(at + 1, { what: text, by: text }),
        );
        const many = stormOf(count, () => all);
        const made = [
          incidentCard(alone(one), hostile),
          incidentCard(many, hostile),
          threadView({ ...lines(many.storm, entries), broadcast: true }, text),
          incidentListView(many.storm.slice(0, 10), {
            frameOf: () => hostile,
            title: 'Open',
            words: 'incidents',
            page: 1,
            unread: 0,
            more: true,
          }),
          resolveModal(one, '{}'),
        ];
        for (const view of made) {
          expect(problemsOf(view)).toEqual([]);
          expect(charactersOf(view.blocks as KnownBlock[])).toBeLessThanOrEqual(limits.totalCharacters);
        }
        expect(made[0]?.blocks.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 40 },
    );
  });
});
