/**
 * All keys begin with one hash tag, so that on a Cluster they lie on one node and scripts over several keys work.
 * BullMQ takes the same prefix.
 */
export const keyPrefix = '{vaultcheck}';

/** A key of ours. Parts may hold anything: they are joined so that no two lists of parts give one key. */
export function key(...parts: readonly string[]): string {
  return [keyPrefix, ...parts.map((part) => encodeURIComponent(part))].join(':');
}
