import { randomUUID } from 'node:crypto';
import { unheardIntegrations } from '../config/unheard.ts';
import type { Shared } from './shared.ts';
import type { WorkerTools } from './tools.ts';

/** Said once, when the process starts: the rest of the time they stand where people look for them. */
export function sayUnheard({ config, log }: Pick<Shared, 'config' | 'log'>): void {
  const integrations = unheardIntegrations(config);
  if (integrations.length === 0) return;
  log.warn(
    { integrations },
    'no channel for incidents: they stand in /vault incidents alone. Set slack.alerts, or alerts of the integration',
  );
}

/** More than any chat could take at a start. */
const atMost = 1_000;

/**
 * Incidents that are not over and that the chat does not show, or not as they are, are shown now: the channel may have
 * been missing, or the token refused, until somebody mended the configuration and started this process.
 */
export async function tellUntold({ incidents: tools, producer, clock, log }: WorkerTools): Promise<void> {
  const { incidents } = tools;
  const open = await incidents.list({ states: ['open', 'acknowledged', 'snoozed'], limit: atMost });
  for (const { id, storm, version } of open.reverse()) {
    const card = (await incidents.message(storm ?? id)) ?? (await incidents.message(id));
    if (card !== null && (card.shows[id] ?? version) >= version) continue;
    log.info({ incidentId: id }, 'an incident that the chat does not show as it is now is shown');
    const job = { kind: 'incident-deliver', version: 1, incidentId: id, createdAt: clock.now() } as const;
    await producer.add(job, { id: `incident-untold:${id}:${randomUUID()}` });
  }
}
