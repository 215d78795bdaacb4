import fc from 'fast-check';
import { expect } from 'vitest';
import { act } from '../../../src/app/incidents/act.ts';
import type { IncidentTools } from '../../../src/app/incidents/change.ts';
import { observe } from '../../../src/app/incidents/observe.ts';
import { timerDue } from '../../../src/app/incidents/timers.ts';
import { type Incident, incidentStates } from '../../../src/domain/incident.ts';
import type { Act } from '../../../src/domain/incident-table.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import type { Observation } from '../../../src/domain/observation.ts';
import type { PendingEffect } from '../../../src/ports/incidents.ts';
import { at } from '../../given.ts';
import { accountState, elsewhere, happening, sighting } from '../../incidents.ts';

/** What can happen, at a time that goes on between one and the next. Some of it happens at once, in several processes. */
type Thing = { kind: 'saw'; what: Saw; way: 'udp' | 'poll' } | { kind: 'did'; act: Act['word']; by: string };
type Saw =
  | 'locked'
  | 'unlocked'
  | 'failed'
  | 'failed-elsewhere'
  | 'login'
  | 'poll-locked'
  | 'poll-well'
  | 'poll-failing';

const saw = fc.record({
  kind: fc.constant('saw' as const),
  what: fc.constantFrom<Saw>(
    'locked',
    'unlocked',
    'failed',
    'failed-elsewhere',
    'login',
    'poll-locked',
    'poll-well',
    'poll-failing',
  ),
  way: fc.constantFrom('udp' as const, 'poll' as const),
});
const did = fc.record({
  kind: fc.constant('did' as const),
  act: fc.constantFrom<Act['word']>('acknowledge', 'resolve', 'snooze', 'escalate', 'note'),
  by: fc.constantFrom('U1', 'U2', 'U3'),
});
type Moment = { afterMs: number; atOnce: Thing[] };
export const moments: fc.Arbitrary<Moment[]> = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.integer({ min: 1, max: 120_000 }), fc.integer({ min: 1, max: 30 * 3_600_000 })),
    atOnce: fc.array(fc.oneof({ weight: 3, arbitrary: saw }, did), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 25 },
);

function observationOf(what: Saw, way: 'udp' | 'poll', time: number): Observation {
  const seen = { at: time, via: way, source: way === 'udp' ? 'syslog' : 'poll' } as const;
  const failures = [sighting(time - 30_000)];
  switch (what) {
    case 'locked':
      return happening('account-locked', seen);
    case 'unlocked':
      return happening('account-unlocked', seen);
    case 'failed':
      return happening('login-failed', seen);
    case 'failed-elsewhere':
      return happening('login-failed', { ...seen, ...elsewhere });
    case 'login':
      return happening('login', seen);
    case 'poll-locked':
      return accountState(time, { locked: true, failures });
    case 'poll-well':
      return accountState(time, { logins: [sighting(time - 1_000)] });
    case 'poll-failing':
      return accountState(time, { failures });
  }
}

function actOf(word: Act['word'], by: string, time: number): Act {
  switch (word) {
    case 'resolve':
      return { word, by, cause: null, note: null };
    case 'snooze':
      return { word, by, until: time + 1_800_000 };
    case 'note':
      return { word, by, text: 'n' };
    default:
      return { word, by };
  }
}

/** What was true of an incident before, to hold the next against. */
type History = Map<string, Incident>;

/** Within a day the same incident is open again; a new one of its key begins only after that. */
function heldReopening(incident: Incident, before: Incident | undefined, history: History) {
  const end = before?.resolution?.at;
  if (end !== undefined && incident.resolution === null)
    expect(incident.openedAt - end, 'reopened within a day').toBeLessThanOrEqual(dayMs);
  if (before) return;
  const others = [...history.values()].filter(({ key, id }) => key === incident.key && id !== incident.id);
  for (const { resolution } of others)
    expect(
      incident.openedAt - (resolution?.at ?? incident.openedAt),
      'a new one after a day',
    ).toBeGreaterThan(dayMs);
}

function held(
  now: readonly Incident[],
  history: History,
  allowed: { clears: boolean; resolvers: Set<string> },
) {
  const live = now.filter(({ state }) => state !== 'resolved').map(({ key }) => key);
  expect(new Set(live).size, 'never two of one key that are not resolved').toBe(live.length);
  for (const incident of now) {
    const before = history.get(incident.id);
    expect(incident.version, 'an older version never wins').toBeGreaterThanOrEqual(before?.version ?? 0);
    expect(incident.count).toBeGreaterThanOrEqual(before?.count ?? 0);
    const seqs = incident.timeline.map(({ seq }) => seq);
    expect(seqs, 'lines are numbered once').toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect((incident.state === 'resolved') === (incident.resolution !== null)).toBe(true);
    if (incident.state === 'acknowledged') expect(incident.acknowledged, 'somebody has it').not.toBeNull();
    expect(incident.count, 'what is counted as failed was observed').toBeGreaterThanOrEqual(
      before?.resolution === null ? incident.failures : 1,
    );
    heldReopening(incident, before, history);
    if (incident.state !== 'open' || incident.snoozed || incident.flapping)
      expect([incident.remindAt, incident.state !== 'open' ? incident.escalateAt : null]).toEqual([
        null,
        null,
      ]);
    else expect(incident.remindAt, 'an open one that nobody has is told again').not.toBeNull();
    if (incident.state === 'resolved' && before?.state !== 'resolved') {
      const { by } = incident.resolution ?? { by: '' };
      if (by === null) expect(allowed.clears, 'closed by itself only by a poll that saw it').toBe(true);
      else expect(allowed.resolvers.has(by), 'closed by who did it').toBe(true);
    }
    const reminders = (one?: Incident) => one?.timeline.filter(({ type }) => type === 'reminded').length ?? 0;
    if (before?.state === 'resolved' && incident.state === 'resolved')
      expect(reminders(incident), 'no reminder after the end').toBe(reminders(before));
    history.set(incident.id, incident);
  }
}

/** What one run plays on. `tools`: the processes; what each dispatched is in `dispatched`, under the id of the effect. */
export type Stage = {
  tools: readonly [IncidentTools, ...IncidentTools[]];
  clock: { time: number };
  dispatched: ReadonlyMap<string, { pending: PendingEffect }>;
};

/** Plays one sequence, what happens at once in several processes, and holds the promises of the table after each moment. */
export async function play({ tools, clock, dispatched }: Stage, sequence: readonly Moment[]): Promise<void> {
  const history: History = new Map();
  clock.time = at;
  const [first] = tools;
  const process = (n: number) => tools[n % tools.length] ?? first;
  const all = () => first.incidents.list({ states: incidentStates, limit: 1_000 });
  const fired = new Set<string>();
  for (const { afterMs, atOnce } of sequence) {
    const until = clock.time + afterMs;
    for (const { id, incidentId, timer, dueAt } of timersDue(dispatched, until, fired)) {
      fired.add(id);
      clock.time = Math.max(clock.time, dueAt);
      // Twice, as a queue may hand it out.
      await Promise.all([0, 1].map((n) => timerDue(process(n), { incidentId, timer, dueAt })));
      held(await all(), history, { clears: false, resolvers: new Set() });
    }
    clock.time = until;
    const ids = (await all()).map(({ id }) => id);
    await Promise.all(atOnce.map((thing, n) => happen(process(n), thing, ids, clock.time)));
    held(await all(), history, {
      clears: atOnce.some((one) => one.kind === 'saw' && one.what === 'poll-well'),
      resolvers: new Set(
        atOnce.flatMap((one) => (one.kind === 'did' && one.act === 'resolve' ? [one.by] : [])),
      ),
    });
  }
}

async function happen(
  tools: IncidentTools,
  thing: Thing,
  ids: readonly string[],
  time: number,
): Promise<void> {
  if (thing.kind === 'saw') await observe(tools, observationOf(thing.what, thing.way, time));
  else for (const id of ids) await act(tools, id, actOf(thing.act, thing.by, time));
}

function timersDue(dispatched: Stage['dispatched'], until: number, fired: ReadonlySet<string>) {
  return [...dispatched.values()]
    .flatMap(({ pending: { id, incidentId, effect } }) =>
      effect.type === 'timer' && effect.at <= until && !fired.has(id)
        ? [{ id, incidentId, timer: effect.timer, dueAt: effect.at }]
        : [],
    )
    .sort((a, b) => a.dueAt - b.dueAt);
}

/** All that follows from the last change of each incident was put on its way, and nothing waits. */
export async function heldEffects({ tools: [tools], dispatched }: Stage): Promise<void> {
  expect(await tools.incidents.pending(10), 'what follows is put on its way').toEqual([]);
  const effects = [...dispatched.values()].map(({ pending }) => pending);
  for (const { id, version, remindAt } of await tools.incidents.list({
    states: incidentStates,
    limit: 1_000,
  })) {
    const own = effects.filter((one) => one.incidentId === id);
    const shown = own.filter(({ effect }) => effect.type === 'deliver').map((one) => one.version);
    expect(Math.max(...shown), 'the last change is shown').toBe(version);
    const timers = own.flatMap(({ effect }) => (effect.type === 'timer' ? [effect.at] : []));
    if (remindAt !== null) expect(timers, 'its reminder is in the queue').toContain(remindAt);
  }
}
