import { keyPrefix } from '../adapters/redis/keys.ts';
import { type Look, looks } from '../app/watch/look.ts';
import { putSchedules, type Schedule } from '../queue/schedule.ts';
import { openRecords } from './records.ts';
import type { Shared } from './shared.ts';

/** Every integration is polled and checked at its interval, once over all processes. */
export async function putLookSchedules({ config, integrations, redis, log }: Shared): Promise<void> {
  const schedules = integrations.flatMap(({ settings: { integration } }): Schedule[] => [
    {
      id: `poll-${integration}`,
      everyMs: config.watch.every,
      job: { kind: 'poll', version: 1, integration },
    },
    {
      id: `watch-${integration}`,
      everyMs: config.watch.checksEvery,
      job: { kind: 'watch', version: 1, integration, secret: null },
    },
  ]);
  const onError = (reason: string) => log.warn({ reason }, 'schedules');
  await putSchedules(schedules, { connection: redis.patient, prefix: keyPrefix, onError });
}

/** How long ago each source last told something: what an operator alerts on when Vaultcheck itself cannot see. */
export function measureLooks(shared: Shared): void {
  const { integrations, redis, metrics, clock, config } = shared;
  const { marks, journal, listening } = openRecords(redis.hasty, config.keep);
  const names = integrations.map(({ settings }) => settings.integration);
  // Never is older than any limit.
  const since = (at: number | null) =>
    at === null ? Number.POSITIVE_INFINITY : Math.max(0, clock.now() - at) / 1_000;
  const age = async (integration: string, look: Look) => ({
    labels: { integration, look },
    value: since(await marks.read(integration, look)),
  });
  metrics.gauges(
    'vaultcheck_look_age_seconds',
    'Time since a poll or a full check last worked',
    ['integration', 'look'],
    () => Promise.all(names.flatMap((name) => looks.map((look) => age(name, look)))),
  );
  if (!config.listeners.syslog) return;
  metrics.gauges(
    'vaultcheck_event_age_seconds',
    'Time since an event was last received',
    ['integration'],
    () =>
      Promise.all(
        names.map(async (integration) => ({
          labels: { integration },
          value: since((await journal.lastEvent(integration))?.seenAt ?? null),
        })),
      ),
  );
  metrics.gauge('vaultcheck_listener_age_seconds', 'Time since a listener of ours was last there', async () =>
    since(
      (await listening.spans()).reduce<number | null>(
        (last, { until }) => Math.max(last ?? until, until),
        null,
      ),
    ),
  );
}
