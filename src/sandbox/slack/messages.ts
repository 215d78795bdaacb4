import { named } from './blocks/values.ts';
import { bot, slackbot, team } from './people.ts';
import { type Channel, type Json, type Message, Refusal } from './shapes.ts';
import type { State } from './state.ts';

export type Draft = Omit<Message, 'ts' | 'version' | 'blocks'> & { readonly blocks?: Json[] };

/** Puts a message into its conversation. Returns it with its ts. */
export function post(state: State, draft: Draft): Message {
  const message: Message = {
    ...draft,
    ts: state.nextTs(),
    version: 1,
    blocks: named(draft.blocks ?? [], state.nextId),
  };
  state.messages.push(message);
  state.changed();
  return message;
}

/** Slack's own words to one person, such as that an app did not answer. */
export function notice(state: State, person: string, channel: string, text: string): Message {
  return post(state, { channel, author: slackbot, origin: 'slack', text, shownTo: person });
}

export interface Edit {
  readonly text: string;
  readonly blocks?: Json[];
  readonly metadata?: Json;
}

/** Changes a message in place; blocks and metadata that are not given stay. */
export function edit(state: State, message: Message, change: Edit): void {
  message.text = change.text;
  if (change.blocks) message.blocks = named(change.blocks, state.nextId);
  if (change.metadata) message.metadata = change.metadata;
  message.editedTs = state.nextTs();
  message.version += 1;
  state.changed();
}

export function remove(state: State, message: Message): void {
  const place = state.messages.indexOf(message);
  if (place >= 0) state.messages.splice(place, 1);
  state.changed();
}

/** The conversation by id or name. A private one without the bot does not exist for the app. */
export function channelFor(state: State, asked: string): Channel {
  const name = asked.replace(/^#/, '');
  const direct = state.people.has(asked) ? directWith(state, asked) : undefined;
  const found =
    direct ??
    state.channels.get(asked) ??
    [...state.channels.values()].find((channel) => channel.kind !== 'direct' && channel.name === name);
  if (!found || (found.kind === 'private' && !found.members.has(bot.userId))) {
    throw new Refusal('channel_not_found');
  }
  return found;
}

/** Where the app may write: a member of it, or a public one with `chat:write.public`. */
export function writableChannel(state: State, asked: string): Channel {
  const channel = channelFor(state, asked);
  if (channel.archived) throw new Refusal('is_archived');
  const guestOfAll = channel.kind === 'public' && state.scopes.has('chat:write.public');
  if (!channel.members.has(bot.userId) && !guestOfAll) throw new Refusal('not_in_channel');
  return channel;
}

/** The conversation between the app and one person, opened when it is first used. */
export function directWith(state: State, person: string): Channel {
  const id = `D${person.slice(1)}`;
  const open = state.channels.get(id);
  if (open) return open;
  const members = new Set([person, bot.userId]);
  const channel: Channel = { id, name: 'directmessage', kind: 'direct', members, topic: '', archived: false };
  state.channels.set(id, channel);
  return channel;
}

/** The message as the Web API, events and interactions show it. */
export function messageJson(state: State, message: Message, withMetadata = false): Json {
  const replies = state.messages.filter((one) => one.thread === message.ts && !one.shownTo);
  const byApp = message.author === bot.userId;
  return {
    type: 'message',
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.author,
    ts: message.ts,
    ...(byApp ? { bot_id: bot.botId, app_id: bot.appId } : {}),
    text: message.text,
    team: team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.editedTs ? { edited: { user: message.author, ts: message.editedTs } } : {}),
    ...(message.thread ? { thread_ts: message.thread } : {}),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}
