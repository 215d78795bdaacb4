import type { ServiceConfig } from '../config/load.ts';
import { ConfigError } from '../config/problems.ts';
import type { SyslogListener } from '../listeners/syslog/listener.ts';
import type { Metrics } from '../ops/metrics.ts';
import { opsServer, type Readiness } from '../ops/server.ts';
import { version } from '../version.ts';
import { openBot } from './bot.ts';
import { type Closing, closing } from './closing.ts';
import { openListener } from './listener.ts';
import { openRedis } from './redis.ts';
import { openShared, redisReadiness, type ServiceOptions } from './shared.ts';
import { openWorkers } from './workers.ts';

export type Service = {
  /** The port of health and metrics; null when off. */
  opsPort: number | null;
  /** What listens for events; null where nothing does. */
  listener: SyslogListener | null;
  readiness(): Promise<readonly Readiness[]>;
  /** Takes nothing new, lets jobs finish, and closes all; what is not finished is left to others. */
  stop(): Promise<void>;
};

/**
 * Starts the roles of one process. Rejects, with everything closed again, when something needed is away
 * (UnreachableError) or wrong (ConfigError).
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const { config, log } = options;
  const closers = closing((name, error) => log.error({ name, error }, 'could not be closed'));
  try {
    const redis = await openRedis(
      { ...config.environment, ...(options.redis ? { redis: options.redis } : {}) },
      log,
      closers,
    );
    const shared = openShared(options, redis, closers);
    const bot = takes(config, 'bot') ? await openBot(shared, closers) : null;
    if (takes(config, 'worker')) await openWorkers(shared, closers);
    const listener = takes(config, 'listener') ? await openListener(shared, closers) : null;
    const readiness = async () => [await redisReadiness(redis), ...(bot ? [bot.readiness()] : [])];
    const opsPort = await openOps(config, shared.metrics, readiness, closers);
    log.info({ role: config.service.role, version: version(), redis: redis.target.shown, opsPort }, 'ready');
    return { opsPort, listener, readiness, stop: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

function takes({ service }: ServiceConfig, role: 'bot' | 'worker' | 'listener'): boolean {
  return service.role === 'all' || service.role === role;
}

async function openOps(
  { service, file }: ServiceConfig,
  metrics: Metrics,
  readiness: () => Promise<readonly Readiness[]>,
  closers: Closing,
): Promise<number | null> {
  if (service.ops === null) return null;
  const server = await opsServer({ ...service.ops, metrics, readiness }).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : 'cannot be listened on';
    throw new ConfigError(file, [{ where: 'VAULTCHECK_OPS_ADDRESS', line: null, text }]);
  });
  closers.add('health and metrics', server.close);
  return server.port;
}
