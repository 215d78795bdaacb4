export type HeartbeatOutcome = 'success' | 'failure' | 'disabled' | 'running' | 'other';

const outcomes: Readonly<Record<string, HeartbeatOutcome>> = {
  success: 'success',
  failed: 'failure',
  accountlockedout: 'failure',
  accessdenied: 'failure',
  disabled: 'disabled',
  pending: 'running',
  processing: 'running',
};

/** What the vendor's word for a heartbeat says of the password. `other`: it was not found out. */
export function heartbeatOutcome(word: string): HeartbeatOutcome {
  return outcomes[word.replaceAll(/\s/g, '').toLowerCase()] ?? 'other';
}
