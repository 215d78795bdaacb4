import { expect, it } from 'vitest';
import { act } from '../../../src/app/incidents/act.ts';
import { deliverIncident } from '../../../src/app/incidents/deliver.ts';
import { observe } from '../../../src/app/incidents/observe.ts';
import { timerDue } from '../../../src/app/incidents/timers.ts';
import type { CardDelivered, IncidentNotifier } from '../../../src/ports/incident-notifier.ts';
import { at } from '../../given.ts';
import { happening, minute } from '../../incidents.ts';
import { incidentWorld, memoryFreeTurns } from './memory.ts';

/** A chat that writes down what it is shown; `fails` answers the next cards and lines before it works. */
async function rig() {
  const world = incidentWorld();
  world.clock.time = at;
  const shown: string[] = [];
  const fails: (CardDelivered & { outcome: 'later' })[] = [];
  let posted = 0;
  const notifier: IncidentNotifier = {
    async card({ incident, storm }, handle) {
      const failure = fails.shift();
      if (failure) return failure;
      posted += handle ? 0 : 1;
      shown.push(`${handle ? 'edit' : 'post'} v${incident.version} ${incident.state} of ${storm.length}`);
      return { outcome: 'delivered', handle: handle ?? { channel: 'C1', ts: `1.${posted}` } };
    },
    async thread({ entries, card, broadcast, mention, incidents }) {
      const failure = fails.shift();
      if (failure) return failure;
      shown.push(
        `${card.ts} ${entries.map(({ seq }) => seq).join()}${incidents.length > 1 ? ` of ${incidents.length}` : ''}${broadcast ? ' broadcast' : ''}${mention ? ' mention' : ''}`,
      );
      return { outcome: 'delivered' };
    },
  };
  const tools = { incidents: world.tools.incidents, notifier, turns: memoryFreeTurns() };
  await observe(world.tools, happening('account-locked'));
  const [incident] = await tools.incidents.list({ states: ['open'], limit: 1 });
  if (!incident) throw new Error('nothing opened');
  const deliver = (id = incident.id) => deliverIncident(tools, id);
  return { ...world, delivery: tools, shown, fails, incident, deliver };
}

it('posts the card and its first line, and on a repeat finds nothing left to do', async () => {
  const { deliver, shown } = await rig();
  expect(await deliver()).toEqual({ outcome: 'delivered' });
  expect(await deliver()).toEqual({ outcome: 'delivered' });
  expect(shown).toEqual(['post v1 open of 1', '1.1 1']);
});

it('groups lines of the thread, and lets a mention stand by itself', async () => {
  const { deliver, shown, tools, incident, clock } = await rig();
  await deliver();
  for (const minutes of [1, 2, 3]) await observe(tools, happening('login-failed', { at: minute(minutes) }));
  clock.time = minute(5);
  await act(tools, incident.id, { word: 'escalate', by: 'U1' });
  await act(tools, incident.id, { word: 'acknowledge', by: 'U1' });
  await deliver();
  expect(shown.slice(2)).toEqual(['edit v6 acknowledged of 1', '1.1 2,3,4', '1.1 5 mention', '1.1 6']);
});

it('goes on where a failure left it', async () => {
  const { deliver, shown, fails } = await rig();
  const later = { outcome: 'later', afterMs: 5, reason: 'throttled' } as const;
  fails.push(later);
  expect(await deliver()).toEqual(later);
  expect(shown).toEqual([]);
  await deliver();
  expect(shown).toEqual(['post v1 open of 1', '1.1 1']);
});

it('a line that failed is told later, the card not again', async () => {
  const { deliver, shown, delivery } = await rig();
  const { thread } = delivery.notifier;
  delivery.notifier.thread = async () => ({ outcome: 'later', afterMs: null, reason: 'away' });
  await deliver();
  delivery.notifier.thread = thread;
  await deliver();
  expect(shown).toEqual(['post v1 open of 1', '1.1 1']);
});

it('ten deliveries at once post one card', async () => {
  const { deliver, shown } = await rig();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => deliver()));
  expect(shown.filter((one) => one.startsWith('post'))).toHaveLength(1);
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['delivered', 'busy']));
});

it('one card for a storm, edited when one of it changes; each keeps its own lines', async () => {
  const { deliver, shown, tools, incident } = await rig();
  await observe(tools, happening('account-locked', { account: 'CORP\\svc-two' }));
  const second = (await tools.incidents.list({ states: ['open'], limit: 9 })).find(
    ({ id }) => id !== incident.id,
  );
  await deliver(second?.id);
  await deliver();
  await act(tools, second?.id ?? '', { word: 'acknowledge', by: 'U1' });
  await deliver(second?.id);
  expect(shown).toEqual(['post v1 open of 2', '1.1 1', 'edit v1 open of 2', '1.1 2']);
});

it('an incident that is not kept any more is nothing to tell', async () => {
  const { deliver } = await rig();
  expect(await deliver('nobody')).toEqual({ outcome: 'nothing-to-tell' });
});

it('shows nothing any more once its turn has run out under it', async () => {
  const { delivery, shown, incident } = await rig();
  const gone = {
    take: async <T>(_: string, work: (lost: AbortSignal) => Promise<T>) => work(AbortSignal.abort()),
  };
  expect(await deliverIncident({ ...delivery, turns: gone }, incident.id)).toEqual({ outcome: 'busy' });
  expect(shown).toEqual([]);
});

it('does not look at a storm again that stands on its card already', async () => {
  const { deliver, tools, delivery, shown } = await rig();
  for (const name of ['two', 'three']) await observe(tools, happening('account-locked', { account: name }));
  await deliver();
  const before = shown.length;
  delivery.turns.take = async () => {
    throw new Error('nothing is left to do');
  };
  for (const { id } of await tools.incidents.list({ states: ['open'], limit: 9 }))
    expect(await deliver(id)).toEqual({ outcome: 'delivered' });
  expect(shown).toHaveLength(before);
});

it('tells what many of a storm have in common in one line, and calls the group once', async () => {
  const { deliver, tools, shown, clock } = await rig();
  for (const name of ['two', 'three', 'four'])
    await observe(tools, happening('account-locked', { account: name }));
  await deliver();
  const all = await tools.incidents.list({ states: ['open'], limit: 9 });
  const before = shown.length;
  clock.time = minute(16);
  for (const { id, remindAt } of all)
    await timerDue(tools, { incidentId: id, timer: 'remind', dueAt: remindAt ?? 0 });
  await deliver();
  expect(shown.slice(before)).toEqual(['edit v2 open of 4', '1.1 2 of 4']);
  clock.time = minute(31);
  const due = (one: (typeof all)[number]) =>
    timerDue(tools, { incidentId: one.id, timer: 'escalate', dueAt: one.escalateAt ?? 0 });
  // Two come in time for the first message, two a moment later.
  await Promise.all(all.slice(0, 2).map(due));
  await deliver();
  await Promise.all(all.slice(2).map(due));
  await deliver(all[2]?.id);
  const lines = shown.slice(before).filter((one) => one.includes(' of 2'));
  expect(lines).toEqual(['1.1 3 of 2 mention', '1.1 3 of 2']);
});

it('keeps the lines of one incident in their order beside those of others', async () => {
  const { deliver, tools, shown, incident } = await rig();
  await observe(tools, happening('account-locked', { account: 'two' }));
  await deliver();
  const [second] = (await tools.incidents.list({ states: ['open'], limit: 9 })).filter(
    ({ id }) => id !== incident.id,
  );
  const before = shown.length;
  await act(tools, incident.id, { word: 'escalate', by: 'U1' });
  for (const id of [incident.id, second?.id ?? '']) await act(tools, id, { word: 'acknowledge', by: 'U1' });
  await deliver(second?.id);
  expect(shown.slice(before + 1)).toEqual(['1.1 2 mention', '1.1 2', '1.1 3']);
});
