import type { JobKind } from './jobs.ts';

/**
 * The queues. Deliveries and observations have their own, so that a hundred slow checks keep no finished answer and no
 * lockout waiting; polls too, since a card that waits for one is not to wait for the full checks.
 */
export const lanes = ['work', 'deliver', 'observe', 'poll', 'watch'] as const;
export type Lane = (typeof lanes)[number];

export const laneOf: { readonly [K in JobKind]: Lane } = {
  verify: 'work',
  'verify-all': 'work',
  audit: 'work',
  deliver: 'deliver',
  observe: 'observe',
  timer: 'observe',
  enrich: 'work',
  'incident-deliver': 'deliver',
  poll: 'poll',
  watch: 'watch',
};

export const queueName = (lane: Lane) => `vaultcheck-${lane}`;
