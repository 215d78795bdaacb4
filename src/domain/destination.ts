import { z } from 'zod';
import { Instant } from './instant.ts';

/** A message that stands in a chat: what is needed to edit it in place. */
export const MessageHandle = z.strictObject({ channel: z.string(), ts: z.string() });
export type MessageHandle = z.infer<typeof MessageHandle>;

/**
 * Where an answer goes. `person` who asked, in `channel`.
 * - `audience: person` only they see it: by `reply` while that lasts, else by direct message
 * - `audience: channel` a message of the bot in the channel; `message` names the one to edit in place
 */
export const Destination = z.strictObject({
  workspace: z.string(),
  person: z.string(),
  channel: z.string(),
  audience: z.enum(['person', 'channel']),
  /** The chat's address for late answers to this very request, and when it ends. */
  reply: z.strictObject({ url: z.url(), until: Instant }).nullable(),
  message: MessageHandle.nullable(),
  /** The message of `channel` in whose thread it goes. */
  thread: z.string().optional(),
});
export type Destination = z.infer<typeof Destination>;

/** What is to be told: ids of stored things, never the things themselves. */
export const Content = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('report'), runId: z.string() }),
  /** What a run that takes long still waits for; nothing when it has ended meanwhile. */
  z.strictObject({ type: z.literal('progress'), runId: z.string() }),
  z.strictObject({ type: z.literal('batch'), batchId: z.string() }),
  z.strictObject({ type: z.literal('audit'), auditId: z.string() }),
  /** What a first poll or a first check found. */
  z.strictObject({ type: z.literal('summary'), summaryId: z.string() }),
  /** A sentence for the person when a run could not be finished; `reference` finds it in the log. */
  z.strictObject({ type: z.literal('trouble'), reference: z.string(), text: z.string() }),
]);
export type Content = z.infer<typeof Content>;
