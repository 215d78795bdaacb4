import { describe, expect, it } from 'vitest';
import { changePassword } from '../../../src/sandbox/directory/changes.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from './rig.ts';

const redis = testRedis();

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
