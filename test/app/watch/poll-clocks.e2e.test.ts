import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/app/incidents/observe.ts';
import { minuteMs } from '../../../src/domain/instant.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, failLogins, lockOut } from '../../../src/sandbox/secret-server/world/logins.ts';
import { unlockAccount } from '../../../src/sandbox/secret-server/world/people.ts';
import { happening } from '../../incidents.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from './rig.ts';

const redis = testRedis();
const { administrator: jane, scanAccount, applianceAddress } = corp;
const stranger = '192.0.2.77';

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
