import { z } from 'zod';
import { Instant } from './instant.ts';

/** What a first look found and no incident was made of: what is over by now (`poll`), or fails already (`check`). */
export const LookSummary = z.strictObject({
  summaryId: z.string(),
  integration: z.string(),
  look: z.enum(['poll', 'check']),
  at: Instant,
  lines: z.array(z.string()).min(1),
});
export type LookSummary = z.infer<typeof LookSummary>;
