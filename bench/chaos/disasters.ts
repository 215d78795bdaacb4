import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import type { Place } from './place.ts';
import { type RoleName, roleNames } from './processes.ts';
import type { ChaosOptions } from './scenario.ts';

/** A process that is down because something else is, is waited for this long; then another is killed in its stead. */
const readyWithinMs = 20_000;

/** Kills one role after the other, each after its time. A kill that meets nobody is none. Returns how many were made. */
export async function killing(
  place: Place,
  {
    moments,
    random,
    tell,
  }: { moments: readonly number[]; random: () => number } & Pick<ChaosOptions, 'tell'>,
): Promise<number> {
  let done = 0;
  for (const moment of moments) {
    await wait(moment);
    const wanted = roleNames[Math.floor(random() * roleNames.length)] ?? 'worker';
    const role = await killed(place, wanted);
    done += 1;
    tell(`kill ${done} of ${moments.length}: ${role}`);
  }
  return done;
}

async function killed({ roles }: Place, wanted: RoleName): Promise<RoleName> {
  const otherAt = Date.now() + readyWithinMs;
  for (;;) {
    if (roles.kill(wanted)) return wanted;
    const other = Date.now() > otherAt ? roleNames.find((role) => roles.kill(role)) : undefined;
    if (other) return other;
    await wait(20);
  }
}

/** So many moments, the time before each in milliseconds; `overMs` in all, on average. */
export function momentsOver(overMs: number, count: number, random: () => number): number[] {
  const mean = overMs / count;
  return Array.from({ length: count }, () => mean * (0.4 + 1.2 * random()));
}

export async function redisOutage({ redis }: Place, awayMs: number, tell: (line: string) => void) {
  await redis.stop();
  tell(`Redis is away for ${awayMs / 1_000} s`);
  await wait(awayMs);
  await redis.start();
  tell('Redis is back');
}

/** One after another, each for its share of the time. */
const faults: readonly Fault[] = [
  { method: '*', kind: 'ratelimited', retryAfterS: 2 },
  { method: '*', kind: 'server-error', status: 503 },
  { method: '*', kind: 'hang' },
];

export async function slackOutage({ slack }: Place, awayMs: number, tell: (line: string) => void) {
  for (const fault of faults) {
    const mend = slack.faults.add(fault);
    tell(`Slack: ${fault.kind}`);
    slack.sockets.cut();
    await wait(awayMs / faults.length);
    mend();
  }
  // What hangs stays so: the callers' own time-outs must end it.
  tell('Slack answers again');
}
