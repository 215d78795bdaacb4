import { setTimeout as sleep } from 'node:timers/promises';
import type { FreeTurns, Turns } from '../../ports/turns.ts';
import { memoryTurns } from '../memory/turns.ts';
import type { RedisClient } from './connect.ts';
import { key } from './keys.ts';

/** How long a turn lasts unless its holder says that it still works: the wait after a holder that died. */
const defaultLeaseMs = 15_000;
const pollMs = 100;

/** Each turn has a number of its own, one higher than the last: only its holder can lengthen or end it. */
const take = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local number = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], number, 'PX', ARGV[1])
return number`;
const lengthen = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const end = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;

/**
 * Turns over all processes of one Redis. Within a process those who wait stand in line, so that one of them asks
 * Redis. `redis` is a hasty client: while Redis is away a command fails at once, and each process takes turns by
 * itself: the vendor's own limit then keeps them apart.
 */
export function redisTurns(redis: RedisClient, { leaseMs = defaultLeaseMs } = {}): Turns {
  const local = memoryTurns();
  return {
    hold: (name, signal, work) =>
      local.hold(name, signal, async (never) => {
        const taking = takingOf(name, leaseMs);
        const number = await taken(redis, taking, signal);
        return number === undefined ? work(never) : held(redis, { ...taking, number }, work);
      }),
  };
}

/** The same turns for who does not wait. Without Redis nobody works: what the turn guards lies there. */
export function redisFreeTurns(redis: RedisClient, { leaseMs = defaultLeaseMs } = {}): FreeTurns {
  return {
    async take(name, work) {
      const taking = takingOf(name, leaseMs);
      const number = Number(await redis.eval(take, 2, taking.lock, taking.counter, leaseMs));
      return number === 0 ? null : held(redis, { ...taking, number: String(number) }, work);
    },
  };
}

type Taking = { lock: string; counter: string; leaseMs: number };

function takingOf(name: string, leaseMs: number): Taking {
  return { lock: key('turn', name), counter: key('turn-number', name), leaseMs };
}

/** Works under a turn that is ours, and ends it when it still is. */
async function held<T>(
  redis: RedisClient,
  { lock, number, leaseMs }: Taking & { number: string },
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const kept = keep(redis, { lock, number, leaseMs }, lost);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(kept);
    // A turn that cannot be ended now ends by itself.
    await redis.eval(end, 1, lock, number).catch(() => undefined);
  }
}

/** The number of the turn; undefined where Redis does not answer. Throws the signal's reason to who gives up. */
async function taken(
  redis: RedisClient,
  { lock, counter, leaseMs }: Taking,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    signal.throwIfAborted();
    const number = await redis.eval(take, 2, lock, counter, leaseMs).catch(() => undefined);
    if (number === undefined) return undefined;
    if (Number(number) > 0) return String(number);
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Lengthens the turn while the work goes on, and aborts `lost` once somebody else may have it. */
function keep(
  redis: RedisClient,
  { lock, number, leaseMs }: Omit<Taking, 'counter'> & { number: string },
  lost: AbortController,
): NodeJS.Timeout {
  let endsAt = performance.now() + leaseMs;
  return setInterval(async () => {
    const from = performance.now();
    const held = await redis.eval(lengthen, 1, lock, number, leaseMs).catch(() => undefined);
    if (Number(held) > 0) endsAt = from + leaseMs;
    if (Number(held) === 0 || performance.now() >= endsAt) lost.abort();
  }, leaseMs / 3);
}
