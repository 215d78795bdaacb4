import type { Finding } from './doctor/finding.ts';
import type { Instant } from './instant.ts';

/** How Vaultcheck itself stands. Null where it could not be read. */
export type OwnStatus = {
  /** What was looked at without asking a vendor. */
  findings: Finding[];
  queue: { waiting: number; oldestMs: number } | null;
  openIncidents: number | null;
  /** The newest event of each integration whose events are kept. */
  lastEvents: { integration: string; at: Instant }[] | null;
};
