import { expect, it } from 'vitest';
import { act } from '../../../src/app/incidents/act.ts';
import { observe } from '../../../src/app/incidents/observe.ts';
import { timerDue } from '../../../src/app/incidents/timers.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import { at } from '../../given.ts';
import { accountState, elsewhere, happening, lookWorked, minute } from '../../incidents.ts';
import { incidentWorld } from './memory.ts';

async function locked() {
  const world = incidentWorld();
  world.clock.time = at;
  const [first] = await observe(world.tools, happening('account-locked'));
  if (first?.outcome !== 'changed' || !first.incident) throw new Error('nothing opened');
  return { ...world, incident: first.incident };
}

it('of ten who acknowledge at once one wins, and nine are told who', async () => {
  const { tools, incident } = await locked();
  const people = Array.from({ length: 10 }, (_, one) => `U${one}`);
  const told = await Promise.all(people.map((by) => act(tools, incident.id, { word: 'acknowledge', by })));
  const winner = people[told.findIndex(({ outcome }) => outcome === 'done')];
  expect(told.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  for (const one of told.filter(({ outcome }) => outcome !== 'done')) {
    expect(one).toMatchObject({ outcome: 'already', what: 'acknowledged', by: winner, at });
  }
});

it('an old button is told who resolved it and when; one that is not kept is gone', async () => {
  const { tools, incident, clock } = await locked();
  clock.time = minute(3);
  await act(tools, incident.id, { word: 'resolve', by: 'U1', cause: null, note: null });
  clock.time = minute(9);
  const told = { outcome: 'already', what: 'resolved', by: 'U1', at: minute(3) };
  expect(await act(tools, incident.id, { word: 'acknowledge', by: 'U2' })).toMatchObject(told);
  expect(await act(tools, incident.id, { word: 'snooze', by: 'U2', until: minute(60) })).toMatchObject(told);
  expect(await act(tools, 'nobody', { word: 'acknowledge', by: 'U2' })).toEqual({ outcome: 'gone' });
});

it('the button of an incident that another one followed does not touch the other', async () => {
  const { tools, incident, clock } = await locked();
  await act(tools, incident.id, { word: 'resolve', by: 'U1', cause: null, note: null });
  clock.time = at + 2 * dayMs;
  await observe(tools, happening('account-locked', { at: clock.time }));
  const told = await act(tools, incident.id, { word: 'acknowledge', by: 'U2' });
  expect(told).toMatchObject({ outcome: 'already', what: 'resolved', by: 'U1' });
  expect(
    await timerDue(tools, { incidentId: incident.id, timer: 'remind', dueAt: minute(15) }),
  ).toMatchObject({
    why: 'out-of-date',
  });
  expect(await tools.incidents.openCount()).toBe(1);
});

it.each([
  ['goes back', -60],
  ['goes forward', 60],
])('a reminder comes once, and the next is due, when our clock %s by an hour', async (_, minutes) => {
  const { tools, incident, clock, dispatched } = await locked();
  const due = { incidentId: incident.id, timer: 'remind', dueAt: incident.remindAt ?? 0 } as const;
  clock.time = minute(15 + minutes);
  expect(await timerDue(tools, due)).toMatchObject({ outcome: 'changed' });
  expect(await timerDue(tools, due)).toMatchObject({ outcome: 'ignored' });
  const told = await tools.incidents.load(incident.id);
  expect(told?.timeline.filter(({ type }) => type === 'reminded')).toHaveLength(1);
  expect(told?.remindAt).toBeGreaterThan(clock.time);
  const timers = [...dispatched.values()].map(({ pending }) => pending.effect);
  expect(timers).toContainEqual({ type: 'timer', timer: 'remind', at: told?.remindAt });
});

it('one lockout by every way at once, and each twice, is one incident and one line', async () => {
  const { tools, clock } = incidentWorld();
  clock.time = at;
  const ways = (['udp', 'tcp', 'tls', 'poll', 'mail'] as const).map((via, way) =>
    happening('account-locked', { via, at: at + way * 400, seenAt: at + 2_000 }),
  );
  await Promise.all([...ways, ...ways].map((one) => observe(tools, one)));
  const [incident, ...others] = await tools.incidents.list({ states: ['open'], limit: 9 });
  expect(others).toEqual([]);
  expect(incident).toMatchObject({ count: 1, timeline: [expect.objectContaining({ seq: 1 })] });
});

it('failed logins count once each, whichever way they come, and open at the third', async () => {
  const { tools } = incidentWorld();
  const failed = (second: number, via: 'udp' | 'poll') =>
    happening('login-failed', { at: at + second * 1_000, seenAt: at + 60_000, via });
  for (const second of [0, 1])
    for (const via of ['udp', 'poll'] as const) await observe(tools, failed(second, via));
  expect(await tools.incidents.openCount()).toBe(0);
  await observe(tools, failed(30, 'poll'));
  const [incident] = await tools.incidents.list({ states: ['open'], limit: 9 });
  expect(incident).toMatchObject({ kind: 'login-failing', count: 3, addresses: [{ count: 3 }] });
  await observe(tools, failed(30, 'udp'));
  expect((await tools.incidents.load(incident?.id ?? ''))?.count).toBe(3);
});

it('a forged "unlocked" closes nothing and has a poll run; the poll closes', async () => {
  const { tools, incident, dispatched, clock } = await locked();
  const before = dispatched.size;
  clock.time = minute(2);
  await observe(tools, happening('account-unlocked', { at: minute(2) }));
  expect((await tools.incidents.load(incident.id))?.state).toBe('open');
  const looks = [...dispatched.values()].slice(before).map(({ pending }) => pending.effect);
  expect(looks).toEqual([{ type: 'look-soon', look: 'poll', inMs: 60_000 }]);
  await observe(tools, accountState(minute(3)));
  expect((await tools.incidents.load(incident.id))?.state).toBe('resolved');
});

it('one failed poll is none, two in a row are blindness, and a poll that works ends both', async () => {
  const { tools } = incidentWorld();
  const failed = (time: number) =>
    happening('look-failed', { at: time, details: 'poll', source: 'poll', via: 'poll' });
  await observe(tools, failed(minute(0)));
  await observe(tools, lookWorked(minute(15)));
  await observe(tools, failed(minute(30)));
  expect(await tools.incidents.openCount()).toBe(0);
  await observe(tools, failed(minute(45)));
  expect(await tools.incidents.openCount()).toBe(1);
  await observe(tools, lookWorked(minute(60)));
  expect(await tools.incidents.openCount()).toBe(0);
});

it('logins from elsewhere are one incident, counted once by each way', async () => {
  const { tools } = incidentWorld();
  for (const via of ['udp', 'poll', 'udp'] as const) {
    await observe(tools, happening('login', { ...elsewhere, via, at }));
  }
  const [incident] = await tools.incidents.list({ states: ['open'], limit: 9 });
  expect(incident).toMatchObject({ kind: 'unexpected-login', count: 1 });
});

it('two accounts locked within a minute stand on one card', async () => {
  const { tools, incident } = await locked();
  await observe(tools, happening('account-locked', { account: 'CORP\\svc-two' }));
  const [, second] = await tools.incidents.list({ states: ['open'], limit: 9 });
  expect(incident.storm).toBe(incident.id);
  expect(second).toMatchObject({ storm: incident.id, timeline: [{ tell: 'silent' }] });
});
