import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/app/incidents/observe.ts';
import { minuteMs } from '../../../src/domain/instant.ts';
import { changePassword } from '../../../src/sandbox/directory/changes.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, failLogins, lockOut } from '../../../src/sandbox/secret-server/world/logins.ts';
import { changeSettings, unlockAccount } from '../../../src/sandbox/secret-server/world/people.ts';
import { happening } from '../../incidents.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from './rig.ts';

const redis = testRedis();
const { administrator: jane, scanAccount, applianceAddress } = corp;
const stranger = '192.0.2.77';

describe('a poll', () => {
  it('sees nothing in a healthy world', async () => {
    await using it = await watchRig(redis);
    expect(await it.poll()).toMatchObject({ reason: null, unread: [], summary: [], live: [] });
    expect(await it.told()).toEqual([]);
    expect(await it.tools().marks.read(it.integration, 'poll')).toBeGreaterThan(0);
  });

  it('opens one incident for a lockout, repeats no row, and clears it when it saw it unlocked', async () => {
    await using it = await watchRig(redis);
    await it.poll();
    it.pass(15);
    lockOut(it.world, scanAccount, applianceAddress);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked open']);
    const [first] = await it.all();
    const failures = it.world.settings.maximumLoginFailures;
    expect(first?.addresses).toMatchObject([{ address: applianceAddress, origin: 'appliance' }]);
    it.pass(5);
    await it.poll();
    const [second] = await it.all();
    expect(second?.id).toBe(first?.id);
    expect(second?.addresses[0]?.count).toBe(first?.addresses[0]?.count);
    expect(first).toMatchObject({ failures, addresses: [{ count: failures }] });
    expect(second?.failures).toBe(failures);

    unlockAccount(it.world, jane, scanAccount);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    it.pass(2);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked resolved']);
    it.pass(5);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked resolved']);
  });

  it('finds what happened while nobody looked for an hour', async () => {
    await using it = await watchRig(redis);
    await it.poll();
    it.pass(5);
    failLogins(it.world, scanAccount, stranger);
    it.pass(60);
    await it.poll();
    expect(await it.told()).toEqual(['login-failing open']);
  });

  it('folds what is over into the summary of a first poll', async () => {
    await using it = await watchRig(redis);
    lockOut(it.world, scanAccount, applianceAddress);
    unlockAccount(it.world, jane, scanAccount);
    it.pass(1);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    const { summary } = await it.poll();
    expect(summary.length).toBeGreaterThan(0);
    expect(summary.every((line) => line.startsWith(`${scanAccount}: `))).toBe(true);
    expect(await it.told()).toEqual([]);
    for (const minutes of [5, 5, 15]) {
      it.pass(minutes);
      expect((await it.poll()).summary).toEqual([]);
      expect(await it.told(), 'a restart repeats nothing').toEqual([]);
    }
  });

  it('opens an incident at the first poll for what still holds', async () => {
    await using it = await watchRig(redis);
    lockOut(it.world, scanAccount, applianceAddress);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked open']);
  });

  it('a stranger who failed is not over at the first poll because the appliance logged in', async () => {
    await using it = await watchRig(redis);
    failLogins(it.world, scanAccount, stranger);
    it.pass(30);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    expect((await it.poll()).summary).toEqual([]);
    expect(await it.told()).toEqual(['login-failing open']);
  });

  it('says that it is blind when two polls in a row fail, until one works', async () => {
    await using it = await watchRig(redis);
    it.vault.server.switches.set('/api/v1/users/{id}/audit', { kind: 'html' });
    expect((await it.poll()).reason).toContain(scanAccount);
    expect(await it.told()).toEqual([]);
    it.pass(15);
    await it.poll();
    expect(await it.told()).toEqual(['watch-blind open']);
    expect(await it.tools().marks.read(it.integration, 'poll')).toBeNull();
    it.vault.server.switches.clear();
    it.pass(15);
    await it.poll();
    expect(await it.told()).toEqual(['watch-blind resolved']);
  });

  it('tells of web services turned off although nobody can log in then, and of their return', async () => {
    await using it = await watchRig(redis);
    await it.poll();
    it.pass(15);
    changeSettings(it.world, jane, { enableWebServices: false });
    await it.poll();
    expect(await it.told()).toContain('service-changed open');
    changeSettings(it.world, jane, { enableWebServices: true });
    it.pass(15);
    await it.poll();
    expect(await it.told()).toContain('service-changed resolved');
  });

  it('does not take a server that never forced HTTPS for one that ceased to', async () => {
    await using it = await watchRig(redis);
    changeSettings(it.world, jane, { forceHttps: false });
    await it.poll();
    expect(await it.told()).toEqual([]);
    changeSettings(it.world, jane, { forceHttps: true });
    await it.poll();
    changeSettings(it.world, jane, { forceHttps: false });
    await it.poll();
    expect(await it.told()).toEqual(['service-changed open']);
  });
});

describe('a trail with more new rows than are read', () => {
  /** Of what the trail has, the newest rows alone are told from now on. */
  function cutTo(it: Awaited<ReturnType<typeof watchRig>>, count: number): () => void {
    const { sources } = it.vault.integration;
    const whole = sources.vault;
    sources.vault = (run) => {
      const vault = whole(run);
      return {
        ...vault,
        auditOfUser: async (id, range) => {
          const { rows } = await vault.auditOfUser(id, range);
          return { rows: rows.slice(0, count), cut: rows.length > count };
        },
      };
    };
    return () => {
      sources.vault = whole;
    };
  }

  it('takes in what it has, says what it has not, and finds the rest when it can', async () => {
    await using it = await watchRig(redis);
    await it.poll();
    it.pass(20);
    failLogins(it.world, scanAccount, stranger);
    it.pass(1);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    it.pass(20);
    const mend = cutTo(it, 1);
    expect((await it.poll()).reason).toContain('more new rows than are read');
    expect(await it.told()).toEqual([]);
    it.pass(15);
    await it.poll();
    expect(await it.told()).toEqual(['watch-blind open']);
    mend();
    await it.poll();
    expect(await it.told()).toEqual(['login-failing open', 'watch-blind resolved']);
  });

  it('is no trouble where the rows that are missing were read before', async () => {
    await using it = await watchRig(redis);
    failLogins(it.world, scanAccount, applianceAddress);
    it.pass(20);
    await it.poll();
    it.pass(20);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    it.pass(1);
    cutTo(it, 2);
    expect((await it.poll()).reason).toBeNull();
  });
});

describe('a password that was changed in the directory alone', () => {
  it('is told by the poll, once, and over when the appliance logs in with the new one', async () => {
    await using it = await watchRig(redis);
    await using directory = await it.withDirectory();
    await it.poll();
    it.pass(15);
    changePassword(directory.world, directory.account, it.clock.now());
    it.pass(1);
    await it.poll();
    expect(await it.told()).toEqual(['password-changed open']);
    it.pass(2);
    await it.poll();
    const [incident] = await it.all();
    expect(incident).toMatchObject({ count: 1, account: directory.label, about: 'in the directory' });
    it.pass(2);
    directory.logsIn();
    it.pass(1);
    await it.poll();
    expect(await it.told()).toEqual(['password-changed resolved']);
  });

  it('is not missed because the directory could not be asked for a while; that alone blinds nobody', async () => {
    await using it = await watchRig(redis);
    await using directory = await it.withDirectory();
    await it.poll();
    directory.switches.failure = 'refuse';
    it.pass(5);
    changePassword(directory.world, directory.account, it.clock.now());
    for (let polls = 0; polls < 3; polls += 1) {
      it.pass(15);
      const outcome = await it.poll();
      expect(outcome).toMatchObject({ reason: null, unread: [expect.stringContaining(directory.label)] });
    }
    expect(await it.told()).toEqual([]);
    directory.switches.failure = null;
    await it.poll();
    expect(await it.told()).toEqual(['password-changed open']);
  });
});

describe('events that do not come', () => {
  it('are missed after 15 minutes, by a row that an event should have told, and end with one', async () => {
    await using it = await watchRig(redis, { expectEvents: 'syslog' });
    await it.poll();
    it.listened(-1, 40);
    it.pass(5);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    it.pass(10);
    await it.poll();
    expect(await it.told()).toEqual([]);
    it.pass(15);
    await it.poll();
    expect(await it.told()).toEqual(['events-silent open']);
    it.pass(1);
    await it.tools().journal.write([entry(it.integration, it.clock.now())]);
    await it.poll();
    expect(await it.told()).toEqual(['events-silent resolved']);
  });

  it.each<[string, [number, number][]]>([
    ['no listener of ours was ever there', []],
    ['it was started after the row', [[10, 60]]],
    ['it ended before the event was due', [[-5, 12]]],
    [
      'two of them each saw a part',
      [
        [-5, 12],
        [13, 60],
      ],
    ],
  ])('are not missed when %s: the silence may be our own', async (_, spans) => {
    await using it = await watchRig(redis, { expectEvents: 'syslog' });
    await it.poll();
    for (const [from, to] of spans) it.listened(from, to);
    it.pass(5);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    for (let polls = 0; polls < 3; polls += 1) {
      it.pass(15);
      await it.poll();
    }
    expect(await it.told()).toEqual([]);
  });

  it('are not missed when the journal has them, or when none are expected', async () => {
    for (const expectEvents of ['syslog', 'either'] as const) {
      await using it = await watchRig(redis, { expectEvents });
      await it.poll();
      it.listened(-1, 40);
      it.pass(5);
      applianceLogsIn(it.world, scanAccount, applianceAddress);
      if (expectEvents === 'syslog') await it.tools().journal.write([entry(it.integration, it.clock.now())]);
      it.pass(20);
      await it.poll();
      expect(await it.told()).toEqual([]);
    }
  });
});

const entry = (integration: string, at: number) => ({
  integration,
  at,
  seenAt: at,
  via: 'udp' as const,
  action: 'login',
  event: '16 USER - LOGIN',
  account: scanAccount,
  secret: null,
  address: applianceAddress,
  reason: null,
});

describe('clocks', () => {
  it.each([5, -5])(
    'that stand %i minutes apart make no second lockout, and hide no end of it',
    async (minutes) => {
      await using it = await watchRig(redis, {}, minutes * minuteMs);
      await it.poll();
      it.pass(15);
      lockOut(it.world, scanAccount, applianceAddress);
      // The event bears the vault's time as its audit row does.
      const { account, integration } = { account: scanAccount, integration: it.integration };
      const seen = { account, integration, at: it.world.now(), seenAt: it.clock.now(), via: 'tcp' } as const;
      await observe(it.tools().incidents, happening('account-locked', seen));
      await it.poll();
      expect(await it.told()).toEqual(['account-locked open']);
      const lines = (await it.all()).flatMap(({ timeline }) => timeline.map(({ what }) => what));
      expect(lines.filter((what) => /Locked out/.test(what))).toHaveLength(1);

      it.pass(2);
      unlockAccount(it.world, jane, scanAccount);
      applianceLogsIn(it.world, scanAccount, applianceAddress);
      await it.poll();
      expect(await it.told()).toEqual(['account-locked resolved']);
    },
  );

  it('that go back hide nothing that happens then, and tell nothing twice', async () => {
    await using it = await watchRig(redis, { timeZone: 'UTC' });
    it.jump(60);
    await it.poll();
    it.jump(-60);
    failLogins(it.world, scanAccount, stranger);
    await it.poll();
    expect(await it.told()).toEqual(['login-failing open']);
    const [first] = await it.all();
    it.pass(1);
    await it.poll();
    const [second] = await it.all();
    expect({ id: second?.id, count: second?.count }).toEqual({ id: first?.id, count: first?.count });
  });

  it('that go forward tell nothing of what did not happen', async () => {
    await using it = await watchRig(redis, { timeZone: 'UTC' });
    await it.poll();
    it.pass(15);
    it.jump(60);
    await it.poll();
    it.pass(15);
    await it.poll();
    expect(await it.told()).toEqual([]);
  });

  it('of a zone that go back in autumn hide no failed login of the hour that comes twice', async () => {
    const secondPass = Date.parse('2026-10-25T01:30:00Z');
    await using it = await watchRig(redis, { timeZone: 'Europe/Berlin' });
    it.pass((secondPass - it.clock.now()) / minuteMs - 20);
    Object.assign(it.world.settings, { timeZone: 'Europe/Berlin' });
    await it.poll();
    it.pass(20);
    failLogins(it.world, scanAccount, stranger);
    it.pass(1);
    await it.poll();
    expect(await it.told()).toEqual(['login-failing open']);
  });
});
