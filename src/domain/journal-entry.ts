import { z } from 'zod';
import { Instant } from './instant.ts';
import { Via } from './observation.ts';

/** One event of Secret Server as it was received. Texts in it were typed by people, and cut. */
export const JournalEntry = z.strictObject({
  integration: z.string(),
  at: Instant,
  seenAt: Instant,
  via: Via,
  /** Our word, as `VaultAction`. */
  action: z.string(),
  /** The vendor's id and name: `18 USER - LOGINFAILURE`. */
  event: z.string(),
  account: z.string().nullable(),
  secret: z.string().nullable(),
  address: z.string().nullable(),
  reason: z.string().nullable(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;
