import type { Instant } from '../domain/instant.ts';
import type { JournalEntry } from '../domain/journal-entry.ts';

/** Events seen, kept as long as configured and never more than a bounded number for each integration. */
export type Journal = {
  write(entries: readonly JournalEntry[]): Promise<void>;
  /** The event that was received last, from whatever time; null when none was within what is kept. */
  lastEvent(integration: string): Promise<JournalEntry | null>;
  /** Last received first. */
  read(integration: string, range: { since: Instant; limit: number }): Promise<JournalEntry[]>;
};
