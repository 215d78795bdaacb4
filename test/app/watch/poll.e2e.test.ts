import { describe, expect, it } from 'vitest';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, failLogins, lockOut } from '../../../src/sandbox/secret-server/world/logins.ts';
import { changeSettings, unlockAccount } from '../../../src/sandbox/secret-server/world/people.ts';
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
