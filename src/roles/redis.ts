import { type RedisClient, RedisRefusal, redisClient, whenReady } from '../adapters/redis/connect.ts';
import { embeddedRedis } from '../adapters/redis/embedded.ts';
import { evictionProblem, redisPolicy } from '../adapters/redis/policy.ts';
import type { RedisTarget } from '../adapters/redis/target.ts';
import { ConfigError } from '../config/problems.ts';
import type { Log } from '../ops/log.ts';
import type { Closing } from './closing.ts';
import { UnreachableError } from './unreachable.ts';

/** The two connections of a process. */
export type RedisPair = { hasty: RedisClient; patient: RedisClient; target: RedisTarget };

/** A Redis that was named, or the folder to keep a private one in. */
export type Place = { redis: RedisTarget | null; dataFolder: string };

const readyWithinMs = 10_000;

/**
 * Connects to `REDIS_URL`, or starts the private Redis of the data folder. Throws UnreachableError where there is none,
 * and ConfigError where it would lose what it is given.
 */
export async function openRedis(environment: Place, log: Log, closers: Closing): Promise<RedisPair> {
  const target = environment.redis ?? (await ownRedis(environment.dataFolder, log, closers));
  const open = (temper: 'hasty' | 'patient') => {
    const client = redisClient(
      target,
      temper,
      once((reason) => log.warn({ reason }, 'redis connection')),
    );
    client.on('ready', () => log.info({ redis: target.shown, temper }, 'redis connected'));
    closers.add(`redis ${temper}`, () => client.disconnect());
    return client;
  };
  const pair = { hasty: open('hasty'), patient: open('patient'), target };
  await reached(pair, log);
  const problem = evictionProblem(await redisPolicy(pair.patient));
  if (problem) throw new ConfigError('REDIS_URL', [{ where: 'REDIS_URL', line: null, text: problem }]);
  return pair;
}

/** Redis may still be starting, as when both are started at once. Whoever looks on is told at once what is waited for. */
async function reached({ hasty, patient, target }: RedisPair, log: Log): Promise<void> {
  const sayWaiting = () =>
    log.warn({ redis: target.shown, givesUpAfterMs: readyWithinMs }, 'waiting for Redis');
  patient.once('error', sayWaiting);
  try {
    await Promise.all([hasty, patient].map((one) => whenReady(one, target, readyWithinMs)));
  } catch (error) {
    throw unusableRedis(error);
  } finally {
    patient.off('error', sayWaiting);
  }
}

/** Why a Redis did not become ready, in the words of exit codes: a refusal is a wrong setting, the rest is away. */
export function unusableRedis(error: unknown): ConfigError | UnreachableError {
  if (error instanceof RedisRefusal)
    return new ConfigError('REDIS_URL', [{ where: 'REDIS_URL', line: null, text: error.message }]);
  return new UnreachableError(error instanceof Error ? error.message : 'Redis cannot be reached.');
}

async function ownRedis(folder: string, log: Log, closers: Closing): Promise<RedisTarget> {
  try {
    const embedded = await embeddedRedis(folder);
    closers.add('private redis', embedded.stop);
    log.info(
      { folder, owned: embedded.owned },
      'REDIS_URL is not set: using the private Redis of the data folder',
    );
    return embedded.target;
  } catch (error) {
    throw new UnreachableError(
      error instanceof Error ? error.message : 'The private Redis could not be started.',
    );
  }
}

/** A connection that is tried again for ever says the same for ever: each reason is told once a minute. */
function once(tell: (reason: string) => void): (reason: string) => void {
  const told = new Map<string, number>();
  return (reason) => {
    const now = Date.now();
    if (now - (told.get(reason) ?? 0) < 60_000) return;
    told.set(reason, now);
    tell(reason);
  };
}
