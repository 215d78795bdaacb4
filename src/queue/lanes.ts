import type { JobKind } from './jobs.ts';

/**
 * The queues. Deliveries have their own, so that a hundred slow checks keep no finished answer waiting.
 */
export const lanes = ['work', 'deliver'] as const;
export type Lane = (typeof lanes)[number];

export const laneOf: { readonly [K in JobKind]: Lane } = {
  verify: 'work',
  'verify-all': 'work',
  audit: 'work',
  deliver: 'deliver',
};

export const queueName = (lane: Lane) => `vaultcheck-${lane}`;
