import { z } from 'zod';

/** One line of the command log: who did what, when, and whether they might. */
export const CommandEntry = z.strictObject({
  at: z.iso.datetime(),
  person: z.string(),
  workspace: z.string(),
  channel: z.string().nullable(),
  /** The command's words or the button's id; cut to 200 characters. */
  what: z.string(),
  allowed: z.boolean(),
});
export type CommandEntry = z.infer<typeof CommandEntry>;
