import { Cluster, Redis, type RedisOptions } from 'ioredis';
import './fast-strings.ts';
import type { RedisTarget } from './target.ts';

export type RedisClient = Redis | Cluster;

/** Replies keep the shape that BullMQ reads. */
type Options = Omit<RedisOptions, 'replyMapping'>;

/**
 * How a connection behaves while Redis is away.
 * - `hasty` for whoever has a person waiting: a command fails at once, nothing is kept for later
 * - `patient` for workers: a command waits until Redis is back
 * - `narrow` as `patient`, for a user who may only touch a few keys: nothing is asked of the server at first
 */
export type Temper = 'hasty' | 'patient' | 'narrow';

/** A hasty command that has no answer by then has failed. Slack gives 3 s for everything. */
const hastyTimeoutMs = 1_500;

const tempers: Record<Temper, Options> = {
  hasty: { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: hastyTimeoutMs },
  patient: { maxRetriesPerRequest: null },
  narrow: { maxRetriesPerRequest: null, enableReadyCheck: false, disableClientInfo: true },
};

/** Reconnects for ever, soon at first and then every two seconds, so that a restart of Redis is hardly noticed. */
const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2_000);

/**
 * A client for `target`. Never throws and never gives up; connection errors go to `onError` with the place and without
 * credentials. Close it with `disconnect()`.
 */
export function redisClient(
  target: RedisTarget,
  temper: Temper,
  onError: (message: string) => void,
): RedisClient {
  const options: Options = {
    retryStrategy,
    connectTimeout: 5_000,
    enableReadyCheck: true,
    ...tempers[temper],
  };
  const client = connect(target, options);
  client.on('error', (error: Error) =>
    onError(`Redis at ${target.shown}: ${error.message || 'no connection'}`),
  );
  return client;
}

function connect(target: RedisTarget, options: Options): RedisClient {
  if (target.kind === 'socket') return new Redis({ ...options, ...login(target), path: target.path });
  const own = { ...options, ...login(target), ...(target.tls ? { tls: {} } : {}) };
  const hosts = [...target.hosts];
  switch (target.kind) {
    case 'single':
      return new Redis({ ...own, ...hosts[0], db: target.database });
    case 'sentinel':
      return new Redis({ ...own, sentinels: hosts, name: target.masterName ?? '', db: target.database });
    case 'cluster':
      return new Cluster(hosts, {
        redisOptions: own,
        clusterRetryStrategy: retryStrategy,
        enableOfflineQueue: options.enableOfflineQueue ?? true,
      });
  }
}

type Login = { username?: string | null; password?: { reveal(): string } | null };

function login({ username, password }: Login): Options {
  return { ...(username ? { username } : {}), ...(password ? { password: password.reveal() } : {}) };
}

/** Redis answers, and does not let us in: trying again is of no use. The message says what to look at. */
export class RedisRefusal extends Error {
  override readonly name = 'RedisRefusal';
}

function refusalOf({ message }: Error, { shown }: RedisTarget): RedisRefusal | null {
  if (message.startsWith('NOAUTH'))
    return new RedisRefusal(
      `Redis at ${shown} wants a password, and none is given: write it into REDIS_URL.`,
    );
  if (!message.startsWith('WRONGPASS')) return null;
  return new RedisRefusal(
    `Redis at ${shown} does not accept this user name and password (WRONGPASS): correct them in REDIS_URL.`,
  );
}

const notAnswering = 'it does not answer';

function remedyOf({ kind }: RedisTarget): string {
  return kind === 'socket'
    ? 'Start it again.'
    : 'See whether it runs, and whether REDIS_URL names the right host and port.';
}

/**
 * Resolves when the client can be used; rejects with a sentence for people when it cannot within `withinMs`, and with
 * RedisRefusal as soon as Redis does not let us in.
 */
export async function whenReady(client: RedisClient, target: RedisTarget, withinMs: number): Promise<void> {
  if (client.status === 'ready') return;
  let last = notAnswering;
  const heard: { error?: (error: Error) => void; ready?: () => void } = {};
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const late = () =>
        reject(new Error(`Redis at ${target.shown} cannot be reached: ${last}. ${remedyOf(target)}`));
      timer = setTimeout(late, withinMs);
      heard.ready = resolve;
      heard.error = (error) => {
        last = /timed? ?out/i.test(error.message) ? notAnswering : error.message || last;
        const refusal = refusalOf(error, target);
        if (refusal) reject(refusal);
      };
      client.once('ready', heard.ready);
      client.on('error', heard.error);
    });
  } finally {
    clearTimeout(timer);
    if (heard.error) client.off('error', heard.error);
    if (heard.ready) client.off('ready', heard.ready);
  }
}
