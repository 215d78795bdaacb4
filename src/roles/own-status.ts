import { redisHealth } from '../adapters/redis/health.ts';
import type { Integration } from '../app/integration.ts';
import { sitesInUse } from '../app/readings/sites.ts';
import { toldOf } from '../app/told.ts';
import { unheardIntegrations } from '../config/unheard.ts';
import { unheardFindings } from '../domain/doctor/chat.ts';
import { about, type Finding } from '../domain/doctor/finding.ts';
import { redisFindings } from '../domain/doctor/redis.ts';
import { siteFindings } from '../domain/doctor/sources.ts';
import type { OwnStatus } from '../domain/own-status.ts';
import type { openRecords } from './records.ts';
import type { Shared } from './shared.ts';

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
