import { keyPrefix } from '../adapters/redis/keys.ts';
import { redisPace } from '../adapters/redis/pace.ts';
import { redisFreeTurns } from '../adapters/redis/turns.ts';
import { lanes } from '../queue/lanes.ts';
import { bullWorker } from '../queue/worker.ts';
import { slackIncidentNotifier } from '../slack/incident-notifier.ts';
import { slackNotifier } from '../slack/notifier.ts';
import { version } from '../version.ts';
import type { Closing } from './closing.ts';
import { jobHandlers, onAbandoned } from './handlers.ts';
import { incidentSetting, openIncidentTools, sweepOutbox } from './incident-tools.ts';
import { measureLooks, putLookSchedules } from './look-schedules.ts';
import { openRecords } from './records.ts';
import type { Shared } from './shared.ts';
import { slackWebConfig } from './slack-web.ts';
import type { WorkerTools } from './tools.ts';
import { sayUnheard, tellUntold } from './untold.ts';

/** Ten checks at once keep a vault busy without keeping the process from acknowledging commands. */
const concurrency = { work: 10, deliver: 10, observe: 10, poll: 4, watch: 2 } as const;

/** The whole of one run, as on the command line. */
const runDeadlineMs = 60_000;

/** How long jobs may take to finish once the process is told to stop. */
const stopDeadlineMs = 15_000;

/** Starts a worker for each lane, and sees to it that polls and full checks come by themselves. */
export async function openWorkers(shared: Shared, closers: Closing): Promise<void> {
  const { log, redis } = shared;
  const tools = workerTools(shared);
  sayUnheard(shared);
  sweepOutbox(tools, closers);
  const handlers = jobHandlers(tools);
  const workers = lanes.map((lane) =>
    bullWorker({
      lane,
      connection: redis.patient,
      prefix: keyPrefix,
      concurrency: concurrency[lane],
      handlers,
      onAbandoned: (job, reason) => onAbandoned(tools, job, reason),
      onError: (message, detail) => log.error(detail, message),
      telemetry: tools.telemetry,
    }),
  );
  closers.add('workers', async () => {
    await Promise.all(workers.map((worker) => worker.stop(stopDeadlineMs)));
  });
  measureLooks(shared);
  await putLookSchedules(shared);
  await tellUntold(tools).catch((error: unknown) =>
    log.error({ error }, 'what is untold was not looked for'),
  );
}

function workerTools(shared: Shared): WorkerTools {
  const { config, log, redis, metrics, clock } = shared;
  const records = openRecords(redis.patient, config.keep);
  const { telemetry } = metrics;
  const incidents = incidentSetting(shared);
  const pace = redisPace(redis.patient);
  const chat = { web: slackWebConfig(config), records, pace, telemetry, clock: clock.now, log };
  return {
    integrations: shared.integrations,
    checks: shared.checks,
    version: version(),
    deadlineMs: runDeadlineMs,
    records,
    producer: shared.producers.patient,
    notifier: slackNotifier(chat),
    incidents: openIncidentTools(shared, redis.patient, shared.producers.patient),
    incidentDelivery: {
      incidents: records.incidents,
      turns: redisFreeTurns(redis.patient),
      notifier: slackIncidentNotifier({ ...chat, incidents }),
    },
    alertsChannel: (name) =>
      incidents.integrations.find(({ integration }) => integration === name)?.alerts ?? incidents.alerts,
    clock,
    telemetry,
    log,
  };
}
