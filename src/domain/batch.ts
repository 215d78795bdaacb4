import { z } from 'zod';
import { Overall } from './report.ts';

/** A check of all watched secrets, as far as it has come. `rows` are in the order of their finishing. */
export const Batch = z.strictObject({
  batchId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  total: z.int(),
  rows: z.array(
    z.strictObject({
      integration: z.string(),
      secret: z.string(),
      runId: z.string(),
      overall: Overall,
      /** The first line of the diagnosis, null when all is well. */
      text: z.string().nullable(),
    }),
  ),
  /** Sentences about what could not be looked at, such as an integration whose secrets cannot be listed. */
  problems: z.array(z.string()),
  /** Per integration: how many secrets of its folder nobody watches; null where the folder cannot be read. */
  unwatched: z.array(z.strictObject({ integration: z.string(), count: z.int().nullable() })),
});
export type Batch = z.infer<typeof Batch>;
