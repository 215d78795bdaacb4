import { hourMs, minuteMs } from '../../domain/instant.ts';
import type { Pace, Turn } from '../../ports/pace.ts';
import type { RedisClient } from './connect.ts';
import { key } from './keys.ts';
import { askScript, doneScript, failedScript } from './pace-scripts.ts';

/** Longer than one sending lasts with all its calls; a process that died over it gives the lane back after this. */
const leaseMs = 30_000;

/** Who comes this much too late for its turn is passed over: its process died, and another takes its job up meanwhile. */
const graceMs = 10_000;

/** A turn that nobody asked for so long was of a job that is given up. */
const keptMs = hourMs;

/** The waits after failures without a told pause: from one second, doubling, to this. */
const firstPauseMs = 1_000;
const longestPauseMs = 16_000;

/**
 * What failed for so long lets the next one try at once, and waits by itself: if that one passes, the chat is well and
 * the fault was its own. So many may do that at a time: in a long outage the others need not try as well.
 */
const patienceMs = 2 * minuteMs;
const asideAtMost = 3;

/**
 * How far ahead of its pace a lane may run: two more at once. Slack allows short bursts
 * (docs.slack.dev/apis/web-api/rate-limits). It is for what is urgent; over a longer time the pace is kept.
 */
const creditMs = 2_000;

const production = { gapMs: 1_000, creditMs, firstPauseMs, patienceMs, now: Date.now };

/** A pace of one message in `gapMs` for each lane, with a little credit, in Redis. */
export function redisPace(redis: RedisClient, options: Partial<typeof production> = {}): Pace {
  const { gapMs, creditMs: credit, now, ...own } = { ...production, ...options };
  const run = (script: string, { lane }: Turn, ...values: (string | number)[]) => {
    const keys = ['turns', 'due', 'lane', 'failing', 'aside'].map((part) => key('pace', part, lane));
    return redis.eval(script, keys.length, ...keys, ...values);
  };
  return {
    async ask(turn) {
      const mayBorrow = turn.patient ? 0 : 1;
      const limits = [gapMs, leaseMs, graceMs, keptMs, credit, mayBorrow];
      return Number(await run(askScript, turn, turn.place, turn.since, now(), ...limits));
    },
    async done(turn) {
      await run(doneScript, turn, turn.place, now());
    },
    async failed(turn, toldMs) {
      const told = toldMs === null ? '' : Math.max(1, Math.round(toldMs));
      const pauses = [own.firstPauseMs, longestPauseMs, own.patienceMs, asideAtMost];
      return Number(await run(failedScript, turn, turn.place, now(), told, ...pauses, keptMs));
    },
  };
}
