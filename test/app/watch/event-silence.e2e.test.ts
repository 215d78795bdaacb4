import { describe, expect, it } from 'vitest';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn } from '../../../src/sandbox/secret-server/world/logins.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from './rig.ts';

const redis = testRedis();
const { scanAccount, applianceAddress } = corp;

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
