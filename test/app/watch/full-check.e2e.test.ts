import { describe, expect, it } from 'vitest';
import { fullCheck } from '../../../src/app/watch/full-check.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { editSecret } from '../../../src/sandbox/secret-server/world/keepers.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from './rig.ts';

const redis = testRedis();
const { administrator: jane, secretId, secret } = corp;

describe('a full check of the watch', () => {
  it('opens one incident for a check that fails and did not before, and clears it', async () => {
    await using it = await watchRig(redis);
    expect(await it.check()).toEqual({ reason: null, checked: 1, summary: [] });
    editSecret(it.world, jane, secretId, { doubleLock: true });
    it.pass(1);
    await it.check();
    expect(await it.told()).toEqual(['check-failed open']);
    const [incident] = await it.all();
    expect(incident).toMatchObject({ secret, source: 'watch' });
    expect(incident?.checks).toContain('secret-doublelock');
    it.pass(1);
    await it.check(secret);
    expect(await it.told()).toEqual(['check-failed open']);
    editSecret(it.world, jane, secretId, { doubleLock: false });
    it.pass(1);
    await it.check(secret);
    expect(await it.told()).toEqual(['check-failed resolved']);
  });

  it('makes one summary of what fails at the first time, and no incident', async () => {
    await using it = await watchRig(redis);
    editSecret(it.world, jane, secretId, { doubleLock: true });
    const { summary } = await it.check();
    expect(summary.join('\n')).toContain(secret);
    expect(await it.told()).toEqual([]);
    it.pass(1);
    expect(await it.check()).toMatchObject({ summary: [] });
    expect(await it.told()).toEqual([]);
  });

  it('opens an incident for what a person saw before it', async () => {
    await using it = await watchRig(redis);
    await it.check();
    editSecret(it.world, jane, secretId, { doubleLock: true });
    it.pass(1);
    const [asked] = await it.vault.verify([secret], { clock: it.clock });
    if (asked) await it.tools().reports.save(asked.report);
    it.pass(1);
    await it.check();
    expect(await it.told()).toEqual(['check-failed open']);
  });

  /** A full check whose worker is killed over the second secret. `over`: before or after what it saw was stored. */
  async function killedAt(it: Awaited<ReturnType<typeof watchRig>>, over: 'reports' | 'rounds') {
    const tools = it.tools();
    let saves = 0;
    const dies = <A extends unknown[]>(save: (...given: A) => Promise<void>) => {
      return async (...given: A) => {
        saves += 1;
        if (saves >= 2) throw new Error('killed');
        await save(...given);
      };
    };
    const { reports, rounds } = tools;
    if (over === 'reports') tools.reports = { ...reports, save: dies(reports.save) };
    else tools.rounds = { ...rounds, save: dies(rounds.save) };
    await expect(fullCheck(tools, it.vault.integration, null)).rejects.toThrow('killed');
  }

  it.each(['reports', 'rounds'] as const)(
    'goes on where a killed worker left it (over its %s), and tells all of it once',
    async (over) => {
      await using it = await watchRig(redis, { secrets: 'folder' });
      editSecret(it.world, jane, secretId, { doubleLock: true });
      const whole = await it.check();
      expect(whole.summary).not.toEqual([]);
      await using other = await watchRig(redis, { secrets: 'folder' });
      editSecret(other.world, jane, secretId, { doubleLock: true });
      await killedAt(other, over);
      const before = other.vault.server.traffic.requests.length;
      const outcome = await other.check();
      expect(outcome.checked).toBe(whole.checked);
      expect(outcome.summary.toSorted()).toEqual(whole.summary.toSorted());
      expect(other.vault.server.traffic.requests.length - before).toBeLessThan(before);
      const { reports } = other.tools();
      const names = (await other.tools().knownSecrets.list()).filter(
        ({ integration }) => integration === other.integration,
      );
      const kept = await Promise.all(names.map((one) => reports.history(other.integration, one.secret, 9)));
      expect(kept.filter((one) => one.length === 1).length).toBeGreaterThanOrEqual(whole.checked - 1);
      expect(await other.told()).toEqual(await it.told());
    },
  );

  it('begins anew after a round that was told, and after one that is long past', async () => {
    await using it = await watchRig(redis, { secrets: 'folder' });
    await killedAt(it, 'rounds');
    it.pass(61);
    await it.check();
    const { reports, marks } = it.tools();
    expect(await marks.read(it.integration, 'check')).toBeGreaterThanOrEqual(it.clock.now() - 60_000);
    await it.check();
    expect((await reports.history(it.integration, secret, 9)).length).toBeGreaterThanOrEqual(2);
  });

  it('keeps reports, names and the time of its success; blind when nothing can be judged', async () => {
    await using it = await watchRig(redis, { secrets: 'folder' });
    expect(await it.check()).toMatchObject({ checked: 3 });
    const { reports, knownSecrets, marks } = it.tools();
    expect(await reports.history(it.integration, secret, 5)).toHaveLength(1);
    const known = (await knownSecrets.list()).filter(({ integration }) => integration === it.integration);
    expect(known).toHaveLength(3);
    const before = await marks.read(it.integration, 'check');
    expect(before).toBeGreaterThan(0);
    it.vault.server.switches.set('/api/v1/folders', { kind: 'html' });
    it.vault.server.switches.set('/api/v2/folders', { kind: 'html' });
    it.pass(1);
    expect((await it.check()).reason).not.toBeNull();
    expect(await it.told()).toEqual(['watch-blind open']);
    expect(await marks.read(it.integration, 'check')).toBe(before);
  });
});
