import { checkBlocks } from '../blocks/validate.ts';
import type { Engine } from '../engine.ts';
import { channelFor, edit, messageJson, post, remove, writableChannel } from '../messages.ts';
import { bot, team } from '../people.ts';
import { type Json, type Message, object, Refusal, string } from '../shapes.ts';
import { type Methods, structure, yes } from './method.ts';

/** Slack advises 4,000 and takes 40,000 characters of text. */
const maxTextLength = 40_000;

export const chatMethods: Methods = {
  'chat.postMessage': { scope: 'chat:write', run: postMessage },
  'chat.postEphemeral': { scope: 'chat:write', run: postEphemeral },
  'chat.update': { scope: 'chat:write', run: update },
  'chat.delete': { scope: 'chat:write', run: destroy },
  'chat.getPermalink': { run: permalink },
};

function postMessage({ state }: Engine, args: Json): Json {
  const channel = writableChannel(state, string(args.channel));
  const thread = string(args.thread_ts);
  if (thread && !find(state.messages, channel.id, thread)) throw new Refusal('thread_not_found');
  const metadata = metadataOf(args);
  const message = post(state, {
    channel: channel.id,
    author: bot.userId,
    origin: 'api',
    ...content(args),
    ...(thread ? { thread, broadcast: yes(args.reply_broadcast) } : {}),
    ...(metadata ? { metadata } : {}),
  });
  return { channel: channel.id, ts: message.ts, message: messageJson(state, message, true) };
}

function postEphemeral({ state }: Engine, args: Json): Json {
  const channel = writableChannel(state, string(args.channel));
  const person = string(args.user);
  if (!channel.members.has(person)) throw new Refusal('user_not_in_channel');
  const thread = string(args.thread_ts);
  const message = post(state, {
    channel: channel.id,
    author: bot.userId,
    origin: 'api',
    shownTo: person,
    ...content(args),
    ...(thread ? { thread } : {}),
  });
  return { message_ts: message.ts };
}

/** Blocks and metadata that are left out stay as they were. */
function update({ state }: Engine, args: Json): Json {
  const channel = channelFor(state, string(args.channel));
  if (channel.archived) throw new Refusal('is_archived');
  const message = own(state.messages, channel.id, string(args.ts), 'cant_update_message');
  const { text, blocks } = content(args);
  const metadata = metadataOf(args);
  edit(state, message, { text, ...(blocks ? { blocks } : {}), ...(metadata ? { metadata } : {}) });
  return { channel: channel.id, ts: message.ts, text, message: messageJson(state, message, true) };
}

function destroy({ state }: Engine, args: Json): Json {
  const channel = channelFor(state, string(args.channel));
  const message = own(state.messages, channel.id, string(args.ts), 'cant_delete_message');
  remove(state, message);
  return { channel: channel.id, ts: message.ts };
}

function permalink({ state }: Engine, args: Json): Json {
  const channel = channelFor(state, string(args.channel));
  const message = find(state.messages, channel.id, string(args.message_ts));
  if (!message) throw new Refusal('message_not_found');
  const link = `https://${team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  const query = message.thread ? `?thread_ts=${message.thread}&cid=${channel.id}` : '';
  return { channel: channel.id, permalink: `${link}${query}` };
}

/** Ephemeral messages cannot be found by their ts. */
function find(messages: readonly Message[], channel: string, ts: string): Message | undefined {
  return messages.find((one) => one.channel === channel && one.ts === ts && !one.shownTo);
}

/** Only what the app posted through the API is its own to change: not an answer by response URL (bolt-js issue 2063). */
function own(messages: readonly Message[], channel: string, ts: string, refusal: string): Message {
  const message = find(messages, channel, ts);
  if (!message) throw new Refusal('message_not_found');
  if (message.author !== bot.userId || message.origin !== 'api') throw new Refusal(refusal);
  return message;
}

function content(args: Json): { text: string; blocks?: Json[] } {
  const text = string(args.text);
  if (text.length > maxTextLength) throw new Refusal('msg_too_long');
  const given = structure(args.blocks, 'invalid_blocks_format');
  const blocks = given === undefined ? undefined : checkBlocks(given);
  if (text === '' && !blocks?.length) throw new Refusal('no_text');
  return { text, ...(blocks ? { blocks } : {}) };
}

function metadataOf(args: Json): Json | undefined {
  const given = structure(args.metadata, 'invalid_metadata_format');
  if (given === undefined) return undefined;
  const metadata = object(given);
  const empty = Object.keys(metadata).length === 0;
  const whole = string(metadata.event_type) !== '' && typeof metadata.event_payload === 'object';
  if (!empty && !whole) throw new Refusal('invalid_metadata_schema');
  return metadata;
}
