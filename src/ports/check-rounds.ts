import { z } from 'zod';
import { Instant } from '../domain/instant.ts';

/** What became of one secret in a round. `blindness`: why nothing could be judged; null when something could. */
export const CheckedInRound = z.strictObject({
  secret: z.string(),
  blindness: z.string().nullable(),
  summary: z.array(z.string()),
});
export type CheckedInRound = z.infer<typeof CheckedInRound>;

/** One full check of all watched secrets of an integration, as far as it has come. */
export const CheckRound = z.strictObject({
  beganAt: Instant,
  /** What its reports are named after: done twice, a secret has one report of a round. */
  id: z.string(),
  /** When the last of `done` was added. */
  at: Instant,
  done: z.array(CheckedInRound),
});
export type CheckRound = z.infer<typeof CheckRound>;

/** The round under way of each integration: whoever takes over from a worker that died goes on with it. */
export type CheckRounds = {
  load(integration: string): Promise<CheckRound | null>;
  save(integration: string, round: CheckRound): Promise<void>;
  end(integration: string): Promise<void>;
};
