import { describe, expect, it } from 'vitest';
import { takeAskedCheck } from '../../../src/app/incidents/asked-check.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { editSecret } from '../../../src/sandbox/secret-server/world/keepers.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from '../watch/rig.ts';

const redis = testRedis();
const { administrator: jane, secretId, secret } = corp;
type Rig = Awaited<ReturnType<typeof watchRig>>;

async function runCheck(it: Rig) {
  it.pass(1);
  const [asked] = await it.vault.verify([secret], { clock: it.clock });
  if (!asked) throw new Error('no report');
  await takeAskedCheck(it.tools(), asked.report);
}

const doubleLock = (it: Rig, on: boolean) => editSecret(it.world, jane, secretId, { doubleLock: on });

describe('a check that a person asked for', () => {
  it('closes what the watch opened once nothing of it fails, and not before', async () => {
    await using it = await watchRig(redis);
    await it.check();
    doubleLock(it, true);
    it.pass(1);
    await it.check();
    expect(await it.told()).toEqual(['check-failed open']);
    await runCheck(it);
    expect(await it.told()).toEqual(['check-failed open']);
    doubleLock(it, false);
    await runCheck(it);
    expect(await it.told()).toEqual(['check-failed resolved']);
  });

  it('opens nothing, and leaves the failure to the watch', async () => {
    await using it = await watchRig(redis);
    await it.check();
    doubleLock(it, true);
    await runCheck(it);
    expect(await it.told()).toEqual([]);
    it.pass(1);
    await it.check();
    expect(await it.told()).toEqual(['check-failed open']);
  });

  it('that could judge nothing does not call Vaultcheck blind', async () => {
    await using it = await watchRig(redis);
    it.vault.server.switches.set('all', { kind: 'status', status: 500 });
    await runCheck(it);
    expect(await it.told()).toEqual([]);
  });
});
