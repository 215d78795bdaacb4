import type { Instant } from '../../domain/instant.ts';
import type { Observation, ObservationSource } from '../../domain/observation.ts';
import type { Marks } from '../../ports/marks.ts';
import type { Clock } from '../clock.ts';
import type { IncidentTools } from '../incidents/change.ts';
import { observe } from '../incidents/observe.ts';

/** What polls and full checks work with. */
export type LookTools = { incidents: IncidentTools; marks: Marks; clock: Clock; deadlineMs: number };

/** The two ways in which Vaultcheck looks by itself; each is the name of the mark of its last success. */
export const looks = ['poll', 'check'] as const;
export type Look = (typeof looks)[number];

/** When a look began and ended, and whose it is. */
export type LookTime = { integration: string; beganAt: Instant; seenAt: Instant };

/** The fields that every observation of one look shares. */
export function lookBase(
  { integration, beganAt, seenAt }: LookTime,
  source: ObservationSource & ('poll' | 'watch'),
) {
  return { integration, account: null, secret: null, at: beganAt, seenAt, source, via: source } as const;
}

const reasonLength = 300;

/** Vaultcheck could not see. `details`: what failed, as the table tells them apart. */
export function lookFailed(time: LookTime, reason: string, details: 'poll' | 'check' | 'login'): Observation {
  return {
    kind: 'look-failed',
    ...lookBase(time, details === 'check' ? 'watch' : 'poll'),
    address: null,
    origin: 'unknown',
    appliance: null,
    reason: reason.slice(0, reasonLength),
    details,
  };
}

/** Takes observations in, one after the other: what was seen first must be stored first. */
export async function takeIn(
  { incidents }: Pick<LookTools, 'incidents'>,
  observations: readonly Observation[],
): Promise<void> {
  for (const observation of observations) await observe(incidents, observation);
}
