import { keyPrefix } from '../adapters/redis/keys.ts';
import { redisMarks } from '../adapters/redis/records/marks.ts';
import { type Look, looks } from '../app/watch/look.ts';
import { putSchedules, type Schedule } from '../queue/schedule.ts';
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

/** How long ago each look last worked: what an operator alerts on when Vaultcheck itself cannot see. */
export function measureLooks({ integrations, redis, metrics, clock }: Shared): void {
  const marks = redisMarks(redis.hasty);
  const age = async (integration: string, look: Look) => {
    const at = await marks.read(integration, look);
    // Never is older than any limit.
    const value = at === null ? Number.POSITIVE_INFINITY : Math.max(0, clock.now() - at) / 1_000;
    return { labels: { integration, look }, value };
  };
  metrics.gauges(
    'vaultcheck_look_age_seconds',
    'Time since a poll or a full check last worked',
    ['integration', 'look'],
    () =>
      Promise.all(
        integrations.flatMap(({ settings }) => looks.map((look) => age(settings.integration, look))),
      ),
  );
}
