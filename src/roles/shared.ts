import type { RedisClient } from '../adapters/redis/connect.ts';
import { keyPrefix } from '../adapters/redis/keys.ts';
import { redisRefusals } from '../adapters/redis/records/once.ts';
import type { RedisTarget } from '../adapters/redis/target.ts';
import { redisTurns } from '../adapters/redis/turns.ts';
import type { OpenedIntegrations } from '../app/integration.ts';
import { checks } from '../checks/index.ts';
import type { ServiceConfig } from '../config/load.ts';
import type { Log } from '../ops/log.ts';
import { openMetrics } from '../ops/metrics.ts';
import type { Readiness } from '../ops/server.ts';
import type { Refusals } from '../ports/refusals.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Turns } from '../ports/turns.ts';
import { bullProducer } from '../queue/producer.ts';
import type { Closing } from './closing.ts';
import type { RedisPair } from './redis.ts';

export type ServiceOptions = {
  config: ServiceConfig;
  /** Instead of what the environment says. */
  redis?: RedisTarget;
  log: Log;
  openIntegrations(shared: {
    redis: RedisClient;
    refusals: Refusals;
    turns: Turns;
    telemetry: Telemetry;
  }): OpenedIntegrations;
  /** Called once when the process had better be started anew. */
  onDead(reason: string): void;
};

/** What of a process is shared by its roles. */
export type Shared = ReturnType<typeof openShared>;

export function openShared(
  { config, log, openIntegrations, onDead }: ServiceOptions,
  redis: RedisPair,
  closers: Closing,
) {
  const metrics = openMetrics();
  const onError = (reason: string) => log.warn({ reason }, 'queue');
  // Patient: a worker's login waits for a Redis that restarts.
  const refusals = redisRefusals(redis.patient);
  const turns = redisTurns(redis.hasty);
  const opened = openIntegrations({ redis: redis.hasty, refusals, turns, telemetry: metrics.telemetry });
  closers.add('integrations', opened.close);
  const producers = {
    /** For whoever has a person waiting. */
    hasty: bullProducer({ connection: redis.hasty, prefix: keyPrefix, onError }),
    /** For a worker's answers, which wait for Redis. */
    patient: bullProducer({ connection: redis.patient, prefix: keyPrefix, onError, timeoutMs: null }),
  };
  closers.add('producers', async () => {
    await Promise.all([producers.hasty.close(), producers.patient.close()]);
  });
  metrics.gauge('vaultcheck_redis_ready', 'Whether Redis answers', async () =>
    (await redisReadiness(redis)).detail === null ? 1 : 0,
  );
  return {
    config,
    log,
    redis,
    metrics,
    producers,
    integrations: opened.integrations,
    checks,
    onDead,
    clock: { now: Date.now },
  };
}

export async function redisReadiness({ hasty, target }: RedisPair): Promise<Readiness> {
  const detail = await hasty.ping().then(
    () => null,
    () => `${target.shown} does not answer`,
  );
  return { name: 'redis', detail };
}
