import type { Engine } from '../engine.ts';
import { channelFor, directWith, messageJson } from '../messages.ts';
import { bot } from '../people.ts';
import { type Channel, type Json, type Message, Refusal, string } from '../shapes.ts';
import type { State } from '../state.ts';
import { cursor, type Methods, page, yes } from './method.ts';

export const conversationMethods: Methods = {
  'conversations.open': { scope: 'im:write', run: open },
  'conversations.info': { scope: 'channels:read', run: info },
  'conversations.list': { scope: 'channels:read', run: list },
  'conversations.members': { scope: 'channels:read', run: members },
  'conversations.history': { run: history },
  'conversations.replies': { run: replies },
};

function open({ state }: Engine, args: Json): Json {
  const asked = string(args.users) || string(args.channel);
  const person = state.people.get(asked);
  if (!person) throw new Refusal(asked === '' ? 'users_list_not_supplied' : 'user_not_found');
  if (person.role === 'deactivated') throw new Refusal('user_disabled');
  if (person.role === 'bot') throw new Refusal('cannot_dm_bot');
  const already_open = state.channels.has(`D${person.id.slice(1)}`);
  return { no_op: already_open, already_open, channel: { id: directWith(state, person.id).id } };
}

function info({ state }: Engine, args: Json): Json {
  return { channel: channelJson(channelFor(state, string(args.channel))) };
}

function list({ state }: Engine, args: Json): Json {
  const types = (string(args.types) || 'public_channel').split(',').map((one) => one.trim());
  const shown = [...state.channels.values()].filter((channel) => {
    const type = { public: 'public_channel', private: 'private_channel', direct: 'im' }[channel.kind];
    const visible = channel.kind === 'public' || channel.members.has(bot.userId);
    return types.includes(type) && visible && !(yes(args.exclude_archived) && channel.archived);
  });
  const { rows, nextCursor } = page(shown, args);
  return { channels: rows.map(channelJson), ...cursor(nextCursor) };
}

function members({ state }: Engine, args: Json): Json {
  const { rows, nextCursor } = page([...channelFor(state, string(args.channel)).members], args);
  return { members: rows, ...cursor(nextCursor) };
}

function history({ state }: Engine, args: Json): Json {
  const channel = readable(state, args);
  const all = state.messages.filter(
    (message) => message.channel === channel.id && !message.shownTo && (!message.thread || message.broadcast),
  );
  const { rows, nextCursor } = page(window(all, args).reverse(), args);
  return {
    messages: rows.map((message) => messageJson(state, message, yes(args.include_all_metadata))),
    has_more: nextCursor !== '',
    ...cursor(nextCursor),
  };
}

function replies({ state }: Engine, args: Json): Json {
  const channel = readable(state, args);
  const ts = string(args.ts);
  const thread = state.messages.filter(
    (message) =>
      message.channel === channel.id && !message.shownTo && (message.ts === ts || message.thread === ts),
  );
  if (thread.length === 0) throw new Refusal('thread_not_found');
  const { rows, nextCursor } = page(window(thread, args), args);
  return {
    messages: rows.map((message) => messageJson(state, message, yes(args.include_all_metadata))),
    has_more: nextCursor !== '',
    ...cursor(nextCursor),
  };
}

/** Reading a conversation needs the history scope of its kind. */
function readable(state: State, args: Json): Channel {
  const channel = channelFor(state, string(args.channel));
  const needed = { public: 'channels:history', private: 'groups:history', direct: 'im:history' }[
    channel.kind
  ];
  if (!state.scopes.has(needed)) {
    throw new Refusal('missing_scope', { needed, provided: [...state.scopes].join(',') });
  }
  if (!channel.members.has(bot.userId)) throw new Refusal('not_in_channel');
  return channel;
}

function window(messages: readonly Message[], args: Json): Message[] {
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest || Number.POSITIVE_INFINITY);
  const inclusive = yes(args.inclusive);
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function channelJson(channel: Channel): Json {
  const direct = channel.kind === 'direct';
  const [other] = [...channel.members].filter((id) => id !== bot.userId);
  return {
    id: channel.id,
    ...(direct ? { user: other } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: direct,
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.members.has(bot.userId),
    is_general: channel.name === 'general',
    num_members: channel.members.size,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
