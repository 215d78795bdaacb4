import { z } from 'zod';
import type { MessageHandle } from '../domain/destination.ts';
import type { Delivered } from '../ports/notifier.ts';
import type { Deliveries, Once } from '../ports/records.ts';
import type { View } from './blocks.ts';
import { digest } from './digest.ts';
import type { eventTypes } from './ids.ts';
import type { Log } from './options.ts';
import { type Policy, policyOf } from './policy.ts';
import { anyAnswer, type Fault, type SlackWeb } from './web.ts';

export type PostMeans = { web: SlackWeb; deliveries: Deliveries; once: Once; log: Log };

/** A message as it is posted. `id` is the same on every attempt, and stands in the metadata beside what it is about. */
export type Letter = {
  id: string;
  about: string;
  eventType: (typeof eventTypes)[keyof typeof eventTypes];
  createdAt: number;
  /** The message in whose thread it goes; `broadcast`: into the channel too. */
  thread?: { ts: string; broadcast: boolean } | undefined;
};

/** `elsewhere` and `anew` are for the caller to follow. */
export type Posted =
  | Exclude<Delivered, { outcome: 'delivered' }>
  | { outcome: 'delivered'; handle: MessageHandle }
  | { outcome: 'elsewhere'; reason: string }
  | { outcome: 'anew'; reason: string };

const HandleAnswer = z.looseObject({ channel: z.string(), ts: z.string() });
const History = z.looseObject({
  response_metadata: z.looseObject({ next_cursor: z.string().default('') }).optional(),
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      metadata: z
        .looseObject({ event_payload: z.looseObject({ delivery: z.string().optional() }).default({}) })
        .optional(),
    }),
  ),
});

/** How long an attempt is remembered, so that the next one looks for what the first may have posted. */
const attemptLastsMs = 24 * 60 * 60_000;

/** A new message. One whose answer was lost is found again by its metadata, where the history may be read. */
export async function post(channel: string, letter: Letter, view: View, means: PostMeans): Promise<Posted> {
  const attempt = `slack-post-${digest(letter.id, channel)}`;
  if (!(await means.once.claim(attempt, attemptLastsMs))) {
    const lost = await findLost(channel, letter, means);
    if (lost) return edit(lost, letter, view, means);
  }
  const { thread } = letter;
  const within = thread
    ? { thread_ts: thread.ts, ...(thread.broadcast ? { reply_broadcast: true } : {}) }
    : {};
  const args = { channel, ...within, unfurl_links: false, unfurl_media: false };
  const sent = await plainer('chat.postMessage', args, letter, { view, means });
  if (sent.ok) return recorded(letter, sent.data, means);
  if (!sent.fault.unsure) await means.once.release(attempt);
  return outcomeOf(sent.fault);
}

/** Brings a message that stands up to date. */
export async function edit(at: MessageHandle, letter: Letter, view: View, means: PostMeans): Promise<Posted> {
  const done = await plainer('chat.update', { ...at }, letter, { view, means });
  return done.ok ? recorded(letter, at, means) : outcomeOf(done.fault);
}

async function recorded(
  letter: Letter,
  { channel, ts }: MessageHandle,
  { deliveries }: PostMeans,
): Promise<Posted> {
  const handle = { channel, ts };
  await deliveries.record(letter.id, handle);
  return { outcome: 'delivered', handle };
}

/** When Slack refuses the blocks, the words alone are tried once: a plain report beats none. */
async function plainer(
  method: 'chat.postMessage' | 'chat.update',
  args: object,
  letter: Letter,
  { view, means }: { view: View; means: PostMeans },
) {
  const metadata = { event_type: letter.eventType, event_payload: { id: letter.about, delivery: letter.id } };
  const { text, blocks } = view;
  const sent = await means.web.call(method, { ...args, metadata, text, blocks }, HandleAnswer);
  if (sent.ok || policyOf(sent.fault.code) !== 'plain') return sent;
  means.log.warn({ method, code: sent.fault.code, deliveryId: letter.id }, 'Slack refused the blocks');
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

/** So many messages may have come after it: a storm in the channel. */
const historyPages = 5;

/** Null where the history scopes are not granted, or nothing was posted. */
async function findLost(channel: string, letter: Letter, { web }: PostMeans): Promise<MessageHandle | null> {
  const oldest = String(letter.createdAt / 1000 - 60);
  const place = letter.thread ? { channel, ts: letter.thread.ts } : { channel, oldest };
  const method = letter.thread ? 'conversations.replies' : 'conversations.history';
  let cursor = '';
  for (let page = 0; page < historyPages; page += 1) {
    const args = { ...place, limit: 200, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) };
    const read = await web.call(method, args, History);
    if (!read.ok) return null;
    const lost = read.data.messages.find(({ metadata }) => metadata?.event_payload.delivery === letter.id);
    if (lost) return { channel, ts: lost.ts };
    cursor = read.data.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
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
