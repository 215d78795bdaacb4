import { randomUUID } from 'node:crypto';
import type { RedisClient } from '../adapters/redis/connect.ts';
import { redisIncidents } from '../adapters/redis/incidents/incidents.ts';
import type { IncidentTools } from '../app/incidents/change.ts';
import { flush } from '../app/incidents/outbox.ts';
import type { Config } from '../config/load.ts';
import type { IncidentRules } from '../domain/incident-moves.ts';
import type { Producer } from '../queue/jobs.ts';
import type { IncidentSetting } from '../slack/options.ts';
import type { Closing } from './closing.ts';
import { incidentDispatch } from './incident-dispatch.ts';
import { openLooks } from './looks.ts';
import type { Shared } from './shared.ts';
import type { WorkerTools } from './tools.ts';

/** For whoever changes incidents: a worker with patient connections, a click with hasty ones. */
export function openIncidentTools(
  { config, clock }: Pick<Shared, 'config' | 'clock'>,
  redis: RedisClient,
  producer: Producer,
): IncidentTools {
  return {
    incidents: redisIncidents(redis, config.keep.incidents),
    dispatch: incidentDispatch({ producer, looks: openLooks(producer, clock), clock }),
    rules: incidentRules(config),
    clock,
    newId: randomUUID,
  };
}

export function incidentRules({ incidents, slack }: Config): IncidentRules {
  return {
    failedLogins: { count: incidents.failedLogins.count, withinMs: incidents.failedLogins.within },
    remindAfterMs: incidents.remindAfter,
    escalateAfterMs: incidents.escalate?.after ?? null,
    autoResolve: incidents.autoResolve,
    quietHours: slack?.quietHours ?? null,
  };
}

/** How often effects are looked for that somebody stored and could not put on their way, and how old those are. */
const sweepEveryMs = 5_000;
const leftAfterMs = 3_000;

/** How often it is looked whether what another version stored can be read now. */
const lookForForeignEveryMs = 60_000;

type SweepTools = Pick<WorkerTools, 'incidents' | 'log'>;

/** Makes up for processes that died between storing a change and doing what follows. */
export function sweepOutbox(tools: SweepTools, closers: Closing): void {
  const { incidents, log } = tools;
  const told = (error: unknown) => log.error({ error }, 'outbox not swept');
  const sweep = () => void flush(incidents, leftAfterMs).catch(told);
  let before = 0;
  const foreign = () =>
    void lookForForeign(tools, before).then((count) => {
      before = count;
    }, told);
  foreign();
  sweep();
  const timers = [setInterval(sweep, sweepEveryMs), setInterval(foreign, lookForForeignEveryMs)];
  closers.add('outbox', () => {
    for (const timer of timers) clearInterval(timer);
  });
}

/** Takes up what this version can read by now, and says how much it cannot, when that changes. */
async function lookForForeign(
  { incidents: { incidents }, log }: SweepTools,
  before: number,
): Promise<number> {
  await incidents.takeUpParked();
  const unread = await incidents.unread();
  const count = unread.incidents + unread.effects;
  if (count > 0 && count !== before)
    log.error(unread, 'stored by another version and not readable by this one');
  return count;
}

/** What the chat is told of the configuration. */
export function incidentSetting({
  config,
  integrations,
}: Pick<Shared, 'config' | 'integrations'>): IncidentSetting {
  const { incidents, slack } = config;
  return {
    alerts: slack?.alerts ?? null,
    links: incidents.links,
    mention: incidents.escalate?.mention ?? null,
    integrations: integrations.map(({ settings: { integration, appliances } }) => ({
      integration,
      alerts: config.integrations.find((one) => one.settings.integration === integration)?.alerts ?? null,
      addresses: appliances.some(({ addresses }) => addresses.length > 0),
    })),
  };
}
