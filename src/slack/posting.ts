import { z } from 'zod';
import type { MessageHandle } from '../domain/destination.ts';
import type { Delivered, Delivery } from '../ports/notifier.ts';
import type { Deliveries, Once } from '../ports/records.ts';
import type { View } from './blocks.ts';
import { contentId } from './content.ts';
import { digest } from './digest.ts';
import { eventTypes } from './ids.ts';
import type { Log } from './options.ts';
import { type Policy, policyOf } from './policy.ts';
import { anyAnswer, type Fault, type SlackWeb } from './web.ts';

export type PostMeans = { web: SlackWeb; deliveries: Deliveries; once: Once; log: Log };

/** `elsewhere` and `anew` are for the caller to follow. */
export type Posted =
  | Delivered
  | { outcome: 'elsewhere'; reason: string }
  | { outcome: 'anew'; reason: string };

const HandleAnswer = z.looseObject({ channel: z.string(), ts: z.string() });
const History = z.looseObject({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      metadata: z
        .looseObject({ event_payload: z.looseObject({ delivery: z.string().optional() }) })
        .optional(),
    }),
  ),
});

/** How long an attempt is remembered, so that the next one looks for what the first may have posted. */
const attemptLastsMs = 24 * 60 * 60_000;

/** A new message. One whose answer was lost is found again by its metadata, where the history may be read. */
export async function post(
  channel: string,
  delivery: Delivery,
  view: View,
  means: PostMeans,
): Promise<Posted> {
  const attempt = `slack-post-${digest(delivery.deliveryId, channel)}`;
  if (!(await means.once.claim(attempt, attemptLastsMs))) {
    const lost = await findLost(channel, delivery, means);
    if (lost) return edit(lost, delivery, view, means);
  }
  const args = { channel, unfurl_links: false, unfurl_media: false };
  const sent = await plainer('chat.postMessage', args, delivery, { view, means });
  if (sent.ok) return recorded(delivery, sent.data, means);
  if (!sent.fault.unsure) await means.once.release(attempt);
  return outcomeOf(sent.fault);
}

/** Brings a message that stands up to date. */
export async function edit(
  at: MessageHandle,
  delivery: Delivery,
  view: View,
  means: PostMeans,
): Promise<Posted> {
  const done = await plainer('chat.update', { ...at }, delivery, { view, means });
  return done.ok ? recorded(delivery, at, means) : outcomeOf(done.fault);
}

async function recorded(
  delivery: Delivery,
  { channel, ts }: MessageHandle,
  { deliveries }: PostMeans,
): Promise<Posted> {
  await deliveries.record(delivery.deliveryId, { channel, ts });
  return { outcome: 'delivered' };
}

/** When Slack refuses the blocks, the words alone are tried once: a plain report beats none. */
async function plainer(
  method: 'chat.postMessage' | 'chat.update',
  args: object,
  delivery: Delivery,
  { view, means }: { view: View; means: PostMeans },
) {
  const event_payload = { id: contentId(delivery.content), delivery: delivery.deliveryId };
  const metadata = { event_type: eventTypes.report, event_payload };
  const { text, blocks } = view;
  const sent = await means.web.call(method, { ...args, metadata, text, blocks }, HandleAnswer);
  if (sent.ok || policyOf(sent.fault.code) !== 'plain') return sent;
  means.log.warn(
    { method, code: sent.fault.code, deliveryId: delivery.deliveryId },
    'Slack refused the blocks',
  );
  return means.web.call(method, { ...args, text, blocks: [] }, HandleAnswer);
}

function outcomeOf({ code, afterMs }: Fault): Posted {
  const policy: Policy = policyOf(code);
  const reason = `Slack: ${code}`;
  if (policy === 'later') return { outcome: 'later', afterMs, reason };
  return policy === 'elsewhere' || policy === 'anew'
    ? { outcome: policy, reason }
    : { outcome: 'never', reason };
}

/** Null where the history scopes are not granted, or nothing was posted. */
async function findLost(
  channel: string,
  delivery: Delivery,
  { web }: PostMeans,
): Promise<MessageHandle | null> {
  const oldest = String(delivery.createdAt / 1000 - 60);
  const args = { channel, oldest, limit: 100, include_all_metadata: true };
  const read = await web.call('conversations.history', args, History);
  if (!read.ok) return null;
  const lost = read.data.messages.find(
    ({ metadata }) => metadata?.event_payload.delivery === delivery.deliveryId,
  );
  return lost ? { channel, ts: lost.ts } : null;
}

const Opened = z.looseObject({ channel: z.looseObject({ id: z.string() }) });

/** The conversation with one person. */
export async function directChannel(person: string, web: SlackWeb) {
  const opened = await web.call('conversations.open', { users: person }, Opened);
  return opened.ok ? { channel: opened.data.channel.id } : { refused: outcomeOf(opened.fault) };
}

/** A message outside any delivery: an answer to a click whose response URL is gone. Failures are logged. */
export async function postWords(
  person: string,
  view: View,
  { web, log }: Pick<PostMeans, 'web' | 'log'>,
): Promise<void> {
  const direct = await directChannel(person, web);
  const sent =
    'channel' in direct
      ? await web.call('chat.postMessage', { ...view, channel: direct.channel }, anyAnswer)
      : null;
  if (!sent?.ok)
    log.warn({ code: sent?.fault.code ?? 'no conversation' }, 'An answer could not be shown in Slack');
}
