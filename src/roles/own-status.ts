import { redisHealth } from '../adapters/redis/health.ts';
import { doctor } from '../app/doctor.ts';
import type { Integration } from '../app/integration.ts';
import { sitesInUse } from '../app/readings/sites.ts';
import { toldOf } from '../app/told.ts';
import { channelsOf } from '../config/channels.ts';
import { unheardIntegrations } from '../config/unheard.ts';
import { unheardFindings } from '../domain/doctor/chat.ts';
import { about, type Finding } from '../domain/doctor/finding.ts';
import { redisFindings } from '../domain/doctor/redis.ts';
import { siteFindings } from '../domain/doctor/sources.ts';
import type { OwnStatus } from '../domain/own-status.ts';
import { slackHealth } from '../slack/health.ts';
import { slackWeb } from '../slack/web.ts';
import type { openRecords } from './records.ts';
import type { Shared } from './shared.ts';
import { slackWebConfig } from './slack-web.ts';

/** How Vaultcheck itself stands, from Redis alone: no vendor is asked. Never rejects. */
export async function ownStatus(shared: Shared, records: ReturnType<typeof openRecords>): Promise<OwnStatus> {
  const { redis, integrations, producers } = shared;
  const store = redisHealth(redis.hasty, redis.target);
  const [kept, sites, queue, openIncidents, lastEvents] = await Promise.all([
    toldOf(store.read()),
    Promise.all(integrations.map(siteRows)),
    producers.hasty.backlog().catch(() => null),
    records.incidents.openCount().catch(() => null),
    lastEventsOf(integrations, records).catch(() => null),
  ]);
  return {
    findings: [
      ...about('redis', null, redisFindings(kept)),
      ...about('slack', null, unheardFindings(unheardIntegrations(shared.config))),
      ...sites.flat(),
    ],
    queue,
    openIncidents,
    lastEvents,
  };
}

/** Vendors are asked with a person waiting. */
const examineDeadlineMs = 30_000;

/** What `vaultcheck doctor` finds, from the host of this process. Who asks while it is being found out gets the same. */
export function examiner({
  config,
  redis,
  integrations,
  metrics,
  log,
  clock,
}: Shared): () => Promise<Finding[]> {
  const { appToken, ...web } = slackWebConfigs(config);
  const means = { telemetry: metrics.telemetry, log, now: clock.now };
  const chat = slackHealth(
    slackWeb(web, means),
    appToken === null ? null : slackWeb({ ...web, botToken: appToken }, means),
  );
  let running: Promise<Finding[]> | null = null;
  const examine = async () => {
    const { findings } = await doctor({
      file: config.file,
      integrations,
      store: redisHealth(redis.hasty, redis.target),
      chat,
      channels: channelsOf(config),
      unheard: unheardIntegrations(config),
      clock,
      deadlineMs: examineDeadlineMs,
    });
    return findings;
  };
  return () => {
    running ??= examine().finally(() => {
      running = null;
    });
    return running;
  };
}

function slackWebConfigs(config: Shared['config']) {
  const { intake } = config.service.slack;
  const appToken = intake?.way === 'socket' ? intake.appToken.reveal() : null;
  return { ...slackWebConfig(config), appToken };
}

async function siteRows({ settings, sources }: Integration): Promise<Finding[]> {
  const names = sitesInUse(settings);
  const sites = sources.sites?.({ signal: AbortSignal.timeout(2_000) }) ?? null;
  const states =
    sites &&
    (await Promise.all(names.map(async (site) => ({ site, health: await toldOf(sites.health(site)) }))));
  return about('sites', settings.integration, siteFindings(names, states));
}

async function lastEventsOf(
  integrations: readonly Integration[],
  { journal }: ReturnType<typeof openRecords>,
) {
  const found = await Promise.all(
    integrations.map(async ({ settings: { integration } }) => ({
      integration,
      event: await journal.lastEvent(integration),
    })),
  );
  return found.flatMap(({ integration, event }) => (event ? [{ integration, at: event.seenAt }] : []));
}
