import { beforeAll, describe, expect, it } from 'vitest';
import type { RedisClient } from '../../../src/adapters/redis/connect.ts';
import { redisIncidents } from '../../../src/adapters/redis/incidents/incidents.ts';
import { redisJournal } from '../../../src/adapters/redis/journal.ts';
import { flush } from '../../../src/app/incidents/outbox.ts';
import { GapError } from '../../../src/domain/gap.ts';
import type { Effect, Incident, IncidentRecord } from '../../../src/domain/incident.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import type { JournalEntry } from '../../../src/domain/journal-entry.ts';
import type { PendingEffect } from '../../../src/ports/incidents.ts';
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
    expect(await store().commit({ record: recordOf(incident), effects: [] })).toEqual([]);
    expect(await store().record(incident.key)).toEqual(recordOf(incident));
    expect(await store().load(incident.id)).toEqual(incident);
    expect(await store().load('nobody')).toBeNull();
  });

  it('lists what was resolved since then, whatever became of it afterwards', async () => {
    const resolved = (endedAt: number, updatedAt: number) =>
      fresh({
        integration: 'ended',
        state: 'resolved',
        updatedAt,
        resolution: { by: null, at: endedAt, cause: null, note: null },
      });
    const now = Date.now();
    const [late, noted] = [resolved(now - 500, now - 500), resolved(now - 5_000, now)];
    for (const one of [late, noted]) await store().commit({ record: recordOf(one), effects: [] });
    const filter = { states: ['resolved'], integration: 'ended', limit: 9 } as const;
    const ids = async (since?: number) => (await store().list({ ...filter, since })).map(({ id }) => id);
    expect(await ids()).toEqual([noted.id, late.id]);
    expect(await ids(now - 1_000)).toEqual([late.id]);
  });

  it('stores effects with the state, and drops both where somebody was faster', async () => {
    const incident = fresh();
    const stored = await store().commit({
      record: recordOf(incident),
      effects: [deliver, { type: 'enrich' }],
    });
    expect(stored, 'as they are waiting').toEqual(await store().pending(10));
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
    const winner = answers.findIndex((one) => one !== 'conflict');
    expect(answers.filter((one) => one !== 'conflict')).toHaveLength(1);
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
    const short = redisIncidents(client, 600);
    const incident = fresh({ state: 'resolved' });
    await short.commit({ record: recordOf(incident), effects: [] });
    await short.commit({ record: recordOf({ ...incident, state: 'open' }, 2), effects: [] });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await short.record(incident.key)).incident?.state).toBe('open');
  });

  it('the first of a storm leads it, for a while; those that come meanwhile are stored as joining it', async () => {
    const opens = async (incident: Incident, cause: string, forMs = 60_000) => {
      const led = { ...incident, storm: incident.id };
      const joining = (leader: string) => ({ ...incident, storm: leader, about: 'joined' });
      const storm = { cause, forMs, joining };
      expect(await store().commit({ record: recordOf(led), effects: [], storm })).toEqual([]);
      return store().load(incident.id);
    };
    const [lead, other, third, later] = [fresh(), fresh({ account: 'Ünïcode "%s" %1' }), fresh(), fresh()];
    expect(await opens(lead, 's')).toMatchObject({ storm: lead.id, about: null });
    expect(await opens(other, 's')).toEqual({ ...other, version: 1, storm: lead.id, about: 'joined' });
    expect(await opens(third, 't', 30)).toMatchObject({ storm: third.id });
    expect((await store().storm(lead.id)).map(({ id }) => id)).toEqual([lead.id, other.id]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await opens(later, 't')).toMatchObject({ storm: later.id });
  });

  it('whoever leads is stored: of twenty at once none joins one that is not there', async () => {
    const writers = await Promise.all([1, 2, 3, 4].map(() => open()));
    const all = Array.from({ length: 20 }, () => fresh());
    const storm = (one: Incident) => ({
      cause: 'race',
      forMs: 60_000,
      joining: (leader: string) => ({ ...one, storm: leader }),
    });
    await Promise.all(
      all.map(async (one, at) => {
        const writer = redisIncidents(writers[at % 4] ?? client, dayMs);
        // Some lose the race for their key, and lead nothing.
        const version = at % 5 === 0 ? 2 : 1;
        const record = recordOf({ ...one, storm: one.id }, version);
        await writer.commit({ record, effects: [], storm: storm(one) });
      }),
    );
    const stored = (await Promise.all(all.map(({ id }) => store().load(id)))).flatMap((one) => one ?? []);
    expect(stored).toHaveLength(16);
    expect(new Set(stored.map((one) => one.storm)).size).toBe(1);
    expect(await store().load(stored[0]?.storm ?? '')).not.toBeNull();
  });

  describe('what another version stored', () => {
    const foreign = async (incident: Incident) => {
      await store().commit({ record: recordOf(incident), effects: [deliver] });
      const raw = JSON.stringify({ ...incident, version: 1, mood: 'new' });
      await client.set(`{vaultcheck}:incident:${incident.id}`, raw);
      return async () => {
        await client.set(`{vaultcheck}:incident:${incident.id}`, JSON.stringify({ ...incident, version: 1 }));
      };
    };

    it('is told apart from what is not there, and counted', async () => {
      const incident = fresh();
      const before = await store().unread();
      const mend = await foreign(incident);
      await expect(store().load(incident.id)).rejects.toThrow('another version');
      await expect(store().record(incident.key)).rejects.toThrow(GapError);
      expect(await store().unread()).toEqual({ ...before, incidents: before.incidents + 1 });
      await mend();
      expect(await store().unread()).toEqual(before);
    });

    it('makes a storm that it belongs to unreadable, instead of a card without its name', async () => {
      const incident = fresh();
      const joining = (leader: string) => ({ ...incident, storm: leader });
      const storm = { cause: 'foreign', forMs: 60_000, joining };
      await store().commit({ record: recordOf({ ...incident, storm: incident.id }), effects: [], storm });
      await client.set(`{vaultcheck}:incident:${incident.id}`, '{"id":"of a later version"}');
      await expect(store().storm(incident.id)).rejects.toThrow('another version');
      await client.del(`{vaultcheck}:incident:${incident.id}`);
    });

    it('holds up no effect behind it, and is done by a worker that can read it', async () => {
      await client.del('{vaultcheck}:incident-outbox', '{vaultcheck}:incident-parked');
      const newer = JSON.stringify({ incidentId: 'i', version: 1, effect: { type: 'sing' } });
      for (const id of ['n1', 'n2', 'n3']) {
        await client.hset('{vaultcheck}:incident-effects', id, newer);
        await client.zadd('{vaultcheck}:incident-outbox', 1, id);
      }
      const incident = fresh();
      await store().commit({ record: recordOf(incident), effects: [deliver] });
      const [readable] = await store().pending(2);
      expect(readable?.incidentId).toBe(incident.id);
      expect((await store().unread()).effects).toBe(3);
      expect(await store().takeUpParked()).toBe(0);
      // As a newer version would read it.
      const mine = JSON.stringify({ incidentId: incident.id, version: 1, effect: deliver });
      await client.hset('{vaultcheck}:incident-effects', 'n2', mine);
      expect(await store().takeUpParked()).toBe(1);
      expect((await store().pending(9)).map(({ id }) => id)).toEqual(['n2', readable?.id]);
      await store().done(['n2', readable?.id ?? '']);
    });

    it('forgets what a newer worker did while it was set aside here', async () => {
      await client.del('{vaultcheck}:incident-parked');
      await client.zadd('{vaultcheck}:incident-parked', 1, 'done-by-another');
      await store().takeUpParked();
      expect((await store().unread()).effects).toBe(0);
    });

    it('keeps the effects of an incident until it can be read, however often they are met', async () => {
      await client.del('{vaultcheck}:incident-outbox', '{vaultcheck}:incident-parked');
      const incident = fresh();
      const mend = await foreign(incident);
      const dispatched: string[] = [];
      const dispatch = { dispatch: async ({ effect }: PendingEffect) => void dispatched.push(effect.type) };
      const tools = { incidents: store(), dispatch };
      await flush(tools);
      expect(await store().takeUpParked()).toBe(0);
      await flush(tools);
      expect(dispatched).toEqual([]);
      await mend();
      expect(await store().takeUpParked()).toBe(1);
      await flush(tools);
      expect(dispatched).toEqual(['deliver']);
      expect(await store().pending(9)).toEqual([]);
    });
  });

  it('remembers where the card stands, the newer of each', async () => {
    const handle = { channel: 'C1', ts: '1.1' };
    expect(await store().message('m')).toBeNull();
    await store().saveMessage('m', { handle, version: 3, told: 0, shows: { m: 3 } });
    await store().saveMessage('m', { handle, version: 3, told: 2, shows: { m: 3 } });
    const older = { channel: 'C1', ts: 'old' };
    await store().saveMessage('m', { handle: older, version: 2, told: 1, shows: { m: 2 } });
    expect(await store().message('m')).toEqual({ handle, version: 3, told: 2, shows: { m: 3 } });
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
