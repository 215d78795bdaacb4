import { randomUUID } from 'node:crypto';
import { redisIncidents } from '../../../src/adapters/redis/incidents/incidents.ts';
import { redisJournal } from '../../../src/adapters/redis/journal.ts';
import { redisKnownSecrets } from '../../../src/adapters/redis/records/answers.ts';
import { redisCheckRounds } from '../../../src/adapters/redis/records/check-rounds.ts';
import { redisMarks } from '../../../src/adapters/redis/records/marks.ts';
import { redisReports } from '../../../src/adapters/redis/records/reports.ts';
import { endRound, fullCheck } from '../../../src/app/watch/full-check.ts';
import { poll } from '../../../src/app/watch/poll.ts';
import { checks } from '../../../src/checks/index.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { dayMs, minuteMs } from '../../../src/domain/instant.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import type { ListeningSpan } from '../../../src/ports/listening.ts';
import { simulateDirectory } from '../../../src/sandbox/directory/simulator.ts';
import { corpDirectory, healthyDirectory } from '../../../src/sandbox/directory/world.ts';
import { corp, healthyWorld } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn } from '../../../src/sandbox/secret-server/world/logins.ts';
import { incidentRules } from '../../incidents.ts';
import type { TestRedis } from '../../redis.ts';
import { aVaultToVerify } from '../end-to-end.ts';
import { directoryFrom } from '../simulated-directory.ts';

/**
 * A simulated Secret Server, the real adapters, and the looks over a Redis. `pass` moves the clock of all of them,
 * `jump` only ours; `vaultAheadMs` is how far the vault's stands ahead of it, or (below zero) behind. Each look is done with tools of its own, as another process would.
 */
export async function watchRig(redis: TestRedis, changed: Partial<Settings> = {}, vaultAheadMs = 0) {
  let [shiftMs, jumpedMs] = [0, 0];
  const spans: ListeningSpan[] = [];
  const clock = { now: () => Date.now() + shiftMs + jumpedMs };
  const world = healthyWorld({ now: () => Date.now() + shiftMs + vaultAheadMs });
  const integration = `corp-${randomUUID().slice(0, 8)}`;
  const vault = await aVaultToVerify({ world }, { integration, ...changed }, clock.now);
  const client = await redis.client('hasty');
  const incidents = redisIncidents(client, dayMs);
  const tools = () => ({
    incidents: {
      incidents,
      dispatch: { dispatch: async () => {} },
      rules: incidentRules,
      clock,
      newId: randomUUID,
    },
    marks: redisMarks(client),
    journal: redisJournal(client, dayMs),
    listening: { spans: async () => spans },
    reports: redisReports(client, dayMs),
    knownSecrets: redisKnownSecrets(client),
    rounds: redisCheckRounds(client),
    clock,
    deadlineMs: 10_000,
    checks,
    version: '0.1.0',
    newId: randomUUID,
  });
  return {
    vault,
    world,
    clock,
    integration,
    tools,
    pass: (minutes: number) => {
      shiftMs += minutes * minuteMs;
    },
    jump: (minutes: number) => {
      jumpedMs += minutes * minuteMs;
    },
    /** A listener of ours is there from so many minutes after now until so many. */
    listened(from: number, to: number) {
      spans.push({ since: clock.now() + from * minuteMs, until: clock.now() + to * minuteMs });
    },
    /** The directory of the scan account's domain, asked from now on. `logsIn`: the appliance does, with the new password. */
    async withDirectory() {
      const directory = await simulateDirectory({ world: healthyDirectory({ now: clock.now }) });
      const { url, world: domain, switches } = directory;
      vault.integration.settings.directory = { url, baseDn: domain.baseDn, accounts: {} };
      vault.integration.sources.directory = directoryFrom(directory, clock.now);
      return {
        world: domain,
        switches,
        account: corpDirectory.scanAccount,
        label: corp.scanAccount,
        logsIn: () => applianceLogsIn(world, corp.scanAccount, corp.applianceAddress),
        [Symbol.asyncDispose]: () => directory.close(),
      };
    },
    poll: () => poll(tools(), vault.integration),
    async check(secret: string | null = null) {
      const outcome = await fullCheck(tools(), vault.integration, secret);
      await endRound(tools(), integration);
      return outcome;
    },
    /** All incidents of this integration, as `kind state`. */
    async told(): Promise<string[]> {
      return (await this.all()).map(({ kind, state }) => `${kind} ${state}`).sort();
    },
    async all(): Promise<Incident[]> {
      const states = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
      return incidents.list({ states, integration, limit: 100 });
    },
    [Symbol.asyncDispose]: () => vault[Symbol.asyncDispose](),
  };
}
