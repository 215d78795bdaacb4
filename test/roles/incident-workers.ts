import { randomUUID } from 'node:crypto';
import type { RedisClient } from '../../src/adapters/redis/connect.ts';
import { redisIncidents } from '../../src/adapters/redis/incidents/incidents.ts';
import { redisFreeTurns } from '../../src/adapters/redis/turns.ts';
import type { IncidentTools } from '../../src/app/incidents/change.ts';
import { dayMs } from '../../src/domain/instant.ts';
import type { HappeningSeen } from '../../src/domain/observation.ts';
import type { Log } from '../../src/ops/log.ts';
import type { IncidentNotifier } from '../../src/ports/incident-notifier.ts';
import type { JobOf } from '../../src/queue/jobs.ts';
import { lanes } from '../../src/queue/lanes.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import { bullWorker, type JobHandlers } from '../../src/queue/worker.ts';
import { incidentDispatch } from '../../src/roles/incident-dispatch.ts';
import { incidentHandlers } from '../../src/roles/incident-handlers.ts';
import { happening, incidentRules } from '../incidents.ts';

type Options = {
  prefix: string;
  remindAfterMs: number;
  escalateAfterMs?: number;
  notifier: IncidentNotifier;
};

/** What changes incidents and shows them over one Redis; `start` adds the workers of one more process. */
export function incidentWorkers(client: RedisClient, { prefix, notifier, ...rules }: Options) {
  const clock = { now: Date.now };
  const producer = bullProducer({ connection: client, prefix, timeoutMs: null, onError: () => {} });
  const incidents = redisIncidents(client, dayMs);
  const looks = { soon: async () => {} };
  const tools: IncidentTools = {
    incidents,
    dispatch: incidentDispatch({ producer, looks, clock }),
    rules: { ...incidentRules, ...rules },
    clock,
    newId: randomUUID,
  };
  const own = incidentHandlers({
    incidents: tools,
    incidentDelivery: { incidents, turns: redisFreeTurns(client), notifier },
    integrations: [],
    clock,
    log: { error: () => {}, warn: () => {} } as unknown as Log,
  });
  const never = async () => ({ done: true }) as const;
  const looking = { poll: never, watch: never };
  const asked = { verify: never, 'verify-all': never, audit: never, deliver: never };
  const handlers: JobHandlers = { ...asked, ...looking, ...own };
  const common = { connection: client, prefix, concurrency: 5, handlers, onError: () => {} };
  const onAbandoned = async () => {};
  return {
    ...{ tools, producer, handlers },
    start() {
      const workers = lanes.map((lane) => bullWorker({ ...common, lane, onAbandoned }));
      return async () => {
        await Promise.all(workers.map((worker) => worker.stop(5_000)));
      };
    },
  };
}

export function lockoutJob(account: string, fields: Partial<HappeningSeen>): JobOf<'observe'> {
  return { kind: 'observe', version: 1, observation: happening('account-locked', { account, ...fields }) };
}
