import { randomUUID } from 'node:crypto';
import { localNetwork } from '../adapters/network/network.ts';
import { redisClient, whenReady } from '../adapters/redis/connect.ts';
import { serveSite } from '../adapters/redis/sites/serve.ts';
import { siteLook } from '../app/site-look.ts';
import { type Log, openLog } from '../ops/log.ts';
import { stopInTime, toldToStop } from '../roles/lifetime.ts';
import { UnreachableError } from '../roles/unreachable.ts';
import { version } from '../version.ts';
import type { ProbeOptions } from './world.ts';

const defaultReadyWithinMs = 10_000;

/** Serves one site until it is told to stop. Throws UnreachableError where Redis is away or refuses the site's keys. */
export async function serveProbe(options: ProbeOptions): Promise<void> {
  const secret = options.redis.password?.reveal();
  const log = openLog({
    level: options.logLevel,
    secrets: secret ? [secret] : [],
    readable: process.stderr.isTTY === true,
  });
  const probe = await openProbe(options, log);
  const { site, allow, redis } = options;
  const allowed = allow.map(({ host, port }) => `${host}:${port}`);
  log.info({ site, allowed, redis: redis.shown, version: version() }, 'ready');
  const told = await toldToStop(new Promise(() => {}));
  log.info({ by: told.by }, 'stopping');
  await stopInTime(probe, log);
  setImmediate(() => process.exit());
}

/** A probe that serves when this resolves. */
export async function openProbe(
  { site, allow, redis: target }: ProbeOptions,
  log: Log,
  readyWithinMs = defaultReadyWithinMs,
): Promise<{ stop(): Promise<void> }> {
  const open = () => redisClient(target, 'narrow', (reason) => log.warn({ reason }, 'redis connection'));
  const [redis, waiting] = [open(), open()];
  const close = () => {
    redis.disconnect();
    waiting.disconnect();
  };
  try {
    await Promise.all([redis, waiting].map((one) => whenReady(one, target, readyWithinMs)));
    const served = await serveSite({
      site,
      probe: { id: randomUUID(), version: version() },
      redis,
      waiting,
      look: ({ caPem, ...question }, signal) =>
        siteLook(
          localNetwork({ caPem: caPem ?? undefined, now: Date.now })({ signal, sent: () => {} }),
          question,
          allow,
        ),
      onServed: (told) => log.info(told, 'question'),
      onError: (what, error) => log.warn({ what, reason: reasonOf(error) }, 'probe'),
    });
    const stop = async () => {
      await served.stop();
      close();
    };
    return { stop };
  } catch (error) {
    close();
    throw new UnreachableError(startText(error, site));
  }
}

function startText(error: unknown, site: string): string {
  const reason = reasonOf(error);
  if (!reason.startsWith('NOPERM')) return reason;
  return `Redis refuses this user the keys of the site "${site}": compare the user with docs/probes.md. (${reason})`;
}

/** The first line: Redis' own errors begin with a word such as NOPERM, and name no value. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : 'unknown').split('\n')[0]?.slice(0, 200) ?? '';
}
