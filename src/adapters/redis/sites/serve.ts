import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteSight } from '../../../domain/evidence/reach.ts';
import type { SiteQuestion } from '../../../ports/sites.ts';
import type { RedisClient } from '../connect.ts';
import { parseJson } from '../records/json.ts';
import { answerKey, asksKey, takenKey } from './keys.ts';
import { AskEnvelope, type Refusal, type SiteAnswer, SiteAsk, siteVersion } from './messages.ts';
import { forgetDead, giveLastSign, giveSign, redisNow, signEveryMs } from './signs.ts';

export type SiteServerOptions = {
  site: string;
  /** This probe among those of the site, and its program's version. */
  probe: { id: string; version: string };
  redis: RedisClient;
  /** A connection of its own, since it waits for questions. */
  waiting: RedisClient;
  /** What is seen, or null for a target that is not allowed. `signal` aborts when nobody waits any more. */
  look(question: SiteQuestion & { caPem: string | null }, signal: AbortSignal): Promise<SiteSight | null>;
  onServed(served: { host: string | null; outcome: 'seen' | Refusal | 'dropped' }): void;
  onError(what: string, error: unknown): void;
};

const blockSeconds = 5;
const answerLastsMs = 60_000;
const atOnce = 8;
/** How often a probe says that it is still at a question, and how long that holds. */
const takenEveryMs = 700;
const takenLastsMs = 2_500;
/** How long a stop waits for questions that are being answered. */
const stopGraceMs = 1_000;

/**
 * Serves a site's questions until it is stopped. Rejects when the first sign of life cannot be given: Redis is away,
 * or refuses this user the site's keys.
 */
export async function serveSite(options: SiteServerOptions): Promise<{ stop(): Promise<void> }> {
  const { site, probe, redis, waiting } = options;
  await giveSign(redis, site, probe);
  await forgetDead(redis, site);
  const signs = setInterval(() => {
    giveSign(redis, site, probe).catch((error: unknown) => options.onError('no sign of life given', error));
  }, signEveryMs);
  const stopped = new AbortController();
  const served = serveUntil(options, stopped.signal);
  return {
    async stop() {
      stopped.abort();
      clearInterval(signs);
      waiting.disconnect();
      await served;
      await giveLastSign(redis, site, probe).catch(() => undefined);
    },
  };
}

async function serveUntil(options: SiteServerOptions, stopped: AbortSignal): Promise<void> {
  const working = new Set<Promise<void>>();
  while (!stopped.aborted) {
    const text = await nextAsk(options, stopped);
    if (text === null) continue;
    const work: Promise<void> = serve(options, text)
      .catch((error: unknown) => options.onError('a question was not answered', error))
      .finally(() => working.delete(work));
    working.add(work);
    if (working.size >= atOnce) await Promise.race(working);
  }
  await Promise.race([Promise.all(working), sleep(stopGraceMs)]);
}

/** The oldest question; null when there was none for a while. */
async function nextAsk(
  { waiting, site, onError }: SiteServerOptions,
  stopped: AbortSignal,
): Promise<string | null> {
  try {
    return (await waiting.blpop(asksKey(site), blockSeconds))?.[1] ?? null;
  } catch (error) {
    if (stopped.aborted) return null;
    onError('no question could be taken', error);
    await sleep(1_000, undefined, { signal: stopped }).catch(() => undefined);
    return null;
  }
}

async function serve(options: SiteServerOptions, text: string): Promise<void> {
  const ask = parseJson(text, SiteAsk);
  if (ask === null) return refuseUnread(options, text);
  const leftMs = ask.expiresAt - (await redisNow(options.redis));
  if (leftMs <= 0) return options.onServed({ host: ask.host, outcome: 'dropped' });
  const tooLate = AbortSignal.timeout(leftMs);
  const release = await take(options, ask, tooLate);
  try {
    const answer = await answerTo(options, ask, tooLate);
    await give(options, ask.id, answer);
    options.onServed({ host: ask.host, outcome: 'cannot' in answer ? answer.cannot : 'seen' });
  } finally {
    release();
  }
}

/** Says that this probe is at the question, for as long as it lives: whoever asked notices when it does not. */
async function take(
  { redis, site, probe, onError }: SiteServerOptions,
  { id }: SiteAsk,
  tooLate: AbortSignal,
): Promise<() => void> {
  const tell = () => redis.set(takenKey(site, id), probe.id, 'PX', takenLastsMs);
  await tell();
  const telling = setInterval(() => {
    if (tooLate.aborted) return clearInterval(telling);
    tell().catch((error: unknown) => onError('a question at hand was not told of', error));
  }, takenEveryMs).unref();
  return () => clearInterval(telling);
}

async function answerTo(
  { look, onError }: SiteServerOptions,
  ask: SiteAsk,
  tooLate: AbortSignal,
): Promise<SiteAnswer> {
  try {
    const sight = await look(ask, tooLate);
    return sight ? { sight } : { cannot: 'not-allowed' };
  } catch (error) {
    onError('a question met a fault', error);
    return { cannot: 'failed' };
  }
}

/** A question of another version is told so; what is no question at all has nobody to tell. */
async function refuseUnread(options: SiteServerOptions, text: string): Promise<void> {
  const envelope = parseJson(text, AskEnvelope);
  if (envelope && envelope.version !== siteVersion) await give(options, envelope.id, { cannot: 'version' });
  options.onServed({ host: null, outcome: envelope ? 'version' : 'dropped' });
}

async function give({ redis, site }: SiteServerOptions, id: string, answer: SiteAnswer): Promise<void> {
  const text = JSON.stringify({ version: siteVersion, ...answer });
  await redis.set(answerKey(site, id), text, 'PX', answerLastsMs);
}
