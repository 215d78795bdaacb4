import { beforeAll, describe, expect, it } from 'vitest';
import type { RedisClient } from '../../../src/adapters/redis/connect.ts';
import { redisIncidents } from '../../../src/adapters/redis/incidents/incidents.ts';
import { redisJournal } from '../../../src/adapters/redis/journal.ts';
import type { Effect, Incident, IncidentRecord } from '../../../src/domain/incident.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import type { JournalEntry } from '../../../src/domain/journal-entry.ts';
import { lockedOut } from '../../incidents.ts';
import { redisEngines } from '../../redis-engines.ts';

describe.each(redisEngines())('incidents in Redis ($engine)', ({ open }) => {
  let client: RedisClient;
  beforeAll(async () => {
    client = await open();
  });
  const store = () => redisIncidents(client, dayMs);
  let names = 0;
  const fresh = (fields: Partial<Incident> = {}): Incident => {
    names += 1;
    return lockedOut({ id: `i${names}`, key: `k:${names}`, ...fields });
  };
  const recordOf = (incident: Incident, version = 1): IncidentRecord => ({
    key: incident.key,
    version,
    incident: { ...incident, version },
    recent: [],
  });
  const deliver: Effect = { type: 'deliver' };

  it('gives back what was stored, and nothing of what was not', async () => {
    const incident = fresh();
    expect(await store().record(incident.key)).toEqual({
      key: incident.key,
      version: 0,
      incident: null,
      recent: [],
    });
    expect(await store().commit({ record: recordOf(incident), effects: [] })).toBe('stored');
    expect(await store().record(incident.key)).toEqual(recordOf(incident));
    expect(await store().load(incident.id)).toEqual(incident);
    expect(await store().load('nobody')).toBeNull();
  });

  it('stores effects with the state, and drops both where somebody was faster', async () => {
    const incident = fresh();
    await store().commit({ record: recordOf(incident), effects: [deliver, { type: 'enrich' }] });
    const late = recordOf({ ...incident, count: 9 });
    expect(await store().commit({ record: late, effects: [deliver] })).toBe('conflict');
    const pending = (await store().pending(100)).filter((one) => one.incidentId === incident.id);
    expect(pending.map(({ effect, version }) => [effect.type, version])).toEqual([
      ['deliver', 1],
      ['enrich', 1],
    ]);
    expect(await store().pending(100, 60_000)).toEqual([]);
    await store().done(pending.map(({ id }) => id));
    expect((await store().pending(100)).filter((one) => one.incidentId === incident.id)).toEqual([]);
    expect((await store().load(incident.id))?.count).toBe(1);
  });

  it('of ten writers of one version one wins', async () => {
    const incident = fresh();
    await store().commit({ record: recordOf(incident), effects: [] });
    const writers = await Promise.all(Array.from({ length: 10 }, () => open()));
    const answers = await Promise.all(
      writers.map((writer, at) =>
        redisIncidents(writer, dayMs).commit({
          record: recordOf({ ...incident, count: at + 10 }, 2),
          effects: [deliver],
        }),
      ),
    );
    const winner = answers.indexOf('stored');
    expect(answers.filter((one) => one === 'stored')).toHaveLength(1);
    expect((await store().load(incident.id))?.count).toBe(winner + 10);
    const pending = (await store().pending(100)).filter((one) => one.incidentId === incident.id);
    expect(pending).toHaveLength(1);
    await store().done(pending.map(({ id }) => id));
  });

  it('lists by state, last changed first, and counts what is open', async () => {
    const before = await store().openCount();
    const [one, two, three] = [fresh({ updatedAt: 10 }), fresh({ updatedAt: 30 }), fresh({ updatedAt: 20 })];
    for (const incident of [one, two, three])
      await store().commit({ record: recordOf(incident), effects: [] });
    const mine = new Set([one.id, two.id, three.id]);
    const listed = async (states: Parameters<ReturnType<typeof store>['list']>[0]['states']) =>
      (await store().list({ states, limit: 100 })).map(({ id }) => id).filter((id) => mine.has(id));
    expect(await listed(['open'])).toEqual([two.id, three.id, one.id]);
    const resolved: Incident = {
      ...two,
      state: 'resolved',
      updatedAt: 40,
      resolution: { by: null, at: 40, cause: null, note: null },
    };
    await store().commit({ record: recordOf(resolved, 2), effects: [] });
    expect(await listed(['open'])).toEqual([three.id, one.id]);
    expect(await listed(['resolved'])).toEqual([two.id]);
    expect(await listed(['open', 'resolved'])).toEqual([two.id, three.id, one.id]);
    expect(await store().openCount()).toBe(before + 2);
    expect(await store().list({ states: ['open'], limit: 100, integration: 'another' })).toEqual([]);
  });

  it('removes resolved ones when their time has come, and keeps the others', async () => {
    const short = redisIncidents(client, 60);
    const [kept, gone] = [fresh(), fresh()];
    await short.commit({ record: recordOf(kept), effects: [] });
    const resolved: Incident = { ...gone, state: 'resolved' };
    await short.commit({ record: recordOf(resolved), effects: [] });
    await expect.poll(() => short.load(gone.id)).toBeNull();
    expect((await short.record(gone.key)).version).toBe(0);
    expect(await short.load(kept.id)).not.toBeNull();
  });

  it('keeps one that is opened again', async () => {
    const short = redisIncidents(client, 80);
    const incident = fresh({ state: 'resolved' });
    await short.commit({ record: recordOf(incident), effects: [] });
    await short.commit({ record: recordOf({ ...incident, state: 'open' }, 2), effects: [] });
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect((await short.record(incident.key)).incident?.state).toBe('open');
  });

  it('the first of a storm leads it, for a while', async () => {
    expect(await store().joinStorm('s', 'a', 60_000)).toBe('a');
    expect(await store().joinStorm('s', 'b', 60_000)).toBe('a');
    expect(await store().joinStorm('s', 'a', 60_000)).toBe('a');
    expect(await store().joinStorm('t', 'b', 60_000)).toBe('b');
    const [lead, other] = [fresh(), fresh()];
    for (const incident of [lead, other]) {
      await store().commit({ record: recordOf(incident), effects: [] });
      await store().joinStorm('u', incident.id, 60_000);
    }
    expect((await store().storm(lead.id)).map(({ id }) => id)).toEqual([lead.id, other.id]);
  });

  it('remembers where the card stands, the newer of each', async () => {
    const handle = { channel: 'C1', ts: '1.1' };
    expect(await store().message('m')).toBeNull();
    await store().saveMessage('m', { handle, version: 3, told: 0 });
    await store().saveMessage('m', { handle, version: 3, told: 2 });
    await store().saveMessage('m', { handle: { channel: 'C1', ts: 'old' }, version: 2, told: 1 });
    expect(await store().message('m')).toEqual({ handle, version: 3, told: 2 });
  });

  it('keeps the journal of an integration, newest first, and its last event', async () => {
    const journal = redisJournal(client, dayMs);
    const entry = (seenAt: number): JournalEntry => ({
      integration: 'corp',
      at: seenAt,
      seenAt,
      via: 'udp',
      action: 'login',
      event: '16 USER - LOGIN',
      account: null,
      secret: null,
      address: null,
      reason: null,
    });
    expect(await journal.lastEvent('corp')).toBeNull();
    await journal.write([entry(dayMs * 3), entry(dayMs * 3 + 5)]);
    await journal.write([entry(dayMs * 3 + 9)]);
    expect((await journal.lastEvent('corp'))?.seenAt).toBe(dayMs * 3 + 9);
    const read = await journal.read('corp', { since: dayMs * 3 + 5, limit: 10 });
    expect(read.map(({ seenAt }) => seenAt)).toEqual([dayMs * 3 + 9, dayMs * 3 + 5]);
    await journal.write([entry(dayMs * 5)]);
    expect(await journal.read('corp', { since: 0, limit: 10 })).toHaveLength(1);
  });
});
