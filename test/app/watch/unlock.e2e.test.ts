import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/app/incidents/observe.ts';
import type { Effect } from '../../../src/domain/incident.ts';
import type { Happening, HappeningSeen } from '../../../src/domain/observation.ts';
import { openLooks } from '../../../src/roles/looks.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, lockOut } from '../../../src/sandbox/secret-server/world/logins.ts';
import { unlockAccount } from '../../../src/sandbox/secret-server/world/people.ts';
import { happening } from '../../incidents.ts';
import { testRedis } from '../../redis.ts';
import { watchRig } from './rig.ts';

const redis = testRedis();
const { administrator: jane, scanAccount, applianceAddress } = corp;

/** A watched world, events as a listener hands them in, and the polls that are wished for because of them. */
async function given() {
  const it = await watchRig(redis);
  const wished: Effect[] = [];
  await it.poll();
  it.pass(15);
  const seconds = (count: number) => it.pass(count / 60);
  return {
    ...it,
    seconds,
    async event(kind: Happening): Promise<void> {
      const now = it.clock.now();
      const seen: Partial<HappeningSeen> = {
        integration: it.integration,
        account: scanAccount,
        at: now,
        seenAt: now,
      };
      const { incidents } = it.tools();
      const dispatch = { dispatch: async ({ effect }: { effect: Effect }) => void wished.push(effect) };
      await observe({ ...incidents, dispatch }, happening(kind, seen));
    },
    /** How soon the last event had a poll wished for, by the queue's own reckoning; null: it had none. */
    async pollDueIn(): Promise<number | null> {
      const wish = wished.findLast((one) => one.type === 'look-soon');
      wished.length = 0;
      if (wish?.type !== 'look-soon') return null;
      const delays: number[] = [];
      const producer = {
        add: async (_: unknown, options?: { delayMs?: number }) => void delays.push(options?.delayMs ?? 0),
      };
      await openLooks(producer, it.clock).soon({ ...wish, integration: it.integration, secret: null });
      return (delays[0] ?? 0) / 1_000;
    },
    [Symbol.asyncDispose]: () => it[Symbol.asyncDispose](),
  };
}

describe('a lockout and its end', () => {
  it('is green within 90 seconds of the event that says unlocked, when the appliance logged in', async () => {
    await using it = await given();
    lockOut(it.world, scanAccount, applianceAddress);
    await it.event('account-locked');
    expect(await it.told()).toEqual(['account-locked open']);
    it.seconds(120);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked open']);
    unlockAccount(it.world, jane, scanAccount);
    it.seconds(1);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    await it.pollDueIn();
    await it.event('account-unlocked');
    expect(await it.told(), 'an event closes nothing').toEqual(['account-locked open']);
    const dueIn = await it.pollDueIn();
    expect(dueIn).toBeLessThan(80);
    it.seconds(dueIn ?? 0);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked resolved']);
  });

  it('that is forged closes nothing, however often it is told', async () => {
    await using it = await given();
    lockOut(it.world, scanAccount, applianceAddress);
    await it.event('account-locked');
    for (let forged = 0; forged < 5; forged += 1) {
      it.seconds(61);
      await it.event('account-unlocked');
      await it.event('login');
      await it.poll();
      expect(await it.told()).toEqual(['account-locked open']);
    }
  });

  it('that a poll sees too soon after the event has another a minute later', async () => {
    await using it = await given();
    await it.event('account-locked');
    await it.pollDueIn();
    it.seconds(59);
    await it.poll();
    expect(await it.told()).toEqual(['account-locked open']);
    it.seconds(1);
    await it.poll();
    expect(await it.told(), 'nobody was locked out: it was forged').toEqual(['account-locked resolved']);
  });

  it('by time-out while failures stand is failing logins, until the appliance logs in', async () => {
    await using it = await given();
    lockOut(it.world, scanAccount, applianceAddress);
    await it.event('account-locked');
    it.seconds(600);
    unlockAccount(it.world, jane, scanAccount);
    await it.poll();
    it.seconds(61);
    await it.poll();
    expect(await it.told()).toEqual(['login-failing open']);
    applianceLogsIn(it.world, scanAccount, applianceAddress);
    it.seconds(61);
    await it.poll();
    expect(await it.told()).toEqual(['login-failing resolved']);
  });

  it('is one incident by event and by poll, and counts each failed login once', async () => {
    await using it = await given();
    const failures = it.world.settings.maximumLoginFailures;
    lockOut(it.world, scanAccount, applianceAddress);
    for (let count = 0; count < failures; count += 1) await it.event('login-failed');
    await it.event('account-locked');
    for (let polls = 0; polls < 3; polls += 1) {
      it.seconds(61);
      await it.poll();
    }
    const all = await it.all();
    expect(all.map(({ kind, failures: counted }) => [kind, counted])).toEqual([['account-locked', failures]]);
  });
});
