import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { redisSummaries } from '../../src/adapters/redis/records/answers.ts';
import type { Log } from '../../src/ops/log.ts';
import { openMetrics } from '../../src/ops/metrics.ts';
import type { Job } from '../../src/queue/jobs.ts';
import { watchHandlers } from '../../src/roles/watch-handlers.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import { unlockAccount } from '../../src/sandbox/secret-server/world/people.ts';
import { watchRig } from '../app/watch/rig.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();

/** The handlers over a simulated Secret Server, and the jobs that they add. */
async function handlersOf(rig: Awaited<ReturnType<typeof watchRig>>, channel: string | null) {
  const { incidents, marks, journal, listening, rounds, reports, knownSecrets, ...own } = rig.tools();
  const summaries = redisSummaries(await redis.client('hasty'));
  const added: { job: Job; id: string | undefined }[] = [];
  const log = { info: vi.fn(), warn: vi.fn(), debug: vi.fn(), error: vi.fn() };
  const handlers = watchHandlers({
    ...own,
    incidents,
    integrations: [rig.vault.integration],
    records: {
      marks,
      journal,
      listening: { ...listening, save: async () => {} },
      reports,
      rounds,
      knownSecrets,
      summaries,
    },
    producer: { add: async (job, options) => void added.push({ job, id: options?.id }) },
    alertsChannel: () => channel,
    telemetry: openMetrics().telemetry,
    log: log as unknown as Log,
  });
  return { handlers, added, summaries, log };
}

it('tells once in the channel of the alerts what a first poll found to be over', async () => {
  await using rig = await watchRig(redis);
  lockOut(rig.world, corp.scanAccount, corp.applianceAddress);
  unlockAccount(rig.world, corp.administrator, corp.scanAccount);
  rig.pass(1);
  applianceLogsIn(rig.world, corp.scanAccount, corp.applianceAddress);
  rig.pass(5);
  const { handlers, added, summaries } = await handlersOf(rig, 'C1');
  const job = { kind: 'poll', version: 1, integration: rig.integration } as const;
  await handlers.poll(job, 1, rig.clock.now());
  rig.pass(1);
  await handlers.poll(job, 1, rig.clock.now());
  expect(added).toHaveLength(1);
  const told = added[0]?.job;
  expect(told).toMatchObject({ kind: 'deliver', to: { channel: 'C1', audience: 'channel' } });
  const content = told?.kind === 'deliver' && told.content.type === 'summary' ? told.content : null;
  const summary = await summaries.load(content?.summaryId ?? '');
  expect(summary).toMatchObject({ look: 'poll', integration: rig.integration });
});

it('does not poll for what a poll that began later has seen, and polls for what came after it', async () => {
  await using rig = await watchRig(redis);
  const { handlers, log } = await handlersOf(rig, null);
  const job = { kind: 'poll', version: 1, integration: rig.integration } as const;
  const dueAt = rig.clock.now();
  const polls = () => log.debug.mock.calls.filter(([, message]) => message === 'look worked').length;
  rig.pass(1);
  await handlers.poll(job, 1, dueAt);
  await handlers.poll(job, 1, dueAt);
  expect(polls()).toBe(1);
  rig.pass(1);
  await handlers.poll(job, 1, rig.clock.now());
  expect(polls()).toBe(2);
  // Our clock went back: what the mark says lies in the future.
  rig.jump(-60);
  await handlers.poll(job, 1, rig.clock.now());
  expect(polls()).toBe(3);
});

it('looks at nothing that is configured no more, and tells no channel where there is none', async () => {
  await using rig = await watchRig(redis);
  lockOut(rig.world, corp.scanAccount, corp.applianceAddress);
  unlockAccount(rig.world, corp.administrator, corp.scanAccount);
  rig.pass(1);
  applianceLogsIn(rig.world, corp.scanAccount, corp.applianceAddress);
  const { handlers, added, log } = await handlersOf(rig, null);
  const gone = { kind: 'watch', version: 1, integration: `gone-${randomUUID()}`, secret: null } as const;
  expect(await handlers.watch(gone, 1, rig.clock.now())).toEqual({ done: true });
  expect(log.debug).not.toHaveBeenCalled();
  await handlers.poll({ kind: 'poll', version: 1, integration: rig.integration }, 1, rig.clock.now());
  expect(added).toEqual([]);
  expect(log.info).toHaveBeenCalledWith(expect.objectContaining({ look: 'poll' }), 'what a first look found');
});
