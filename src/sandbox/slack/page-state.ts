import type { Engine } from './engine.ts';
import { directWith } from './messages.ts';
import { bot, slackbot, team } from './people.ts';
import type { Channel, Json, Message } from './shapes.ts';
import type { State } from './state.ts';
import { modalsOf, viewJson } from './views.ts';

/** Everything that one person's page shows: their channels, what they may read, their modals and home tab. */
export function pageState(engine: Engine, person: string): Json {
  const { state, commands, shortcuts, homeTab, suggestions, socket } = engine;
  const direct = directWith(state, person);
  const channels = [...state.channels.values()].filter((channel) => channel.members.has(person));
  const readable = new Set(channels.map((channel) => channel.id));
  const mine = (message: Message) =>
    readable.has(message.channel) && (message.shownTo === undefined || message.shownTo === person);
  const home = state.homes.get(person);
  return {
    team,
    me: person,
    app: { ...bot, direct: direct.id, name: state.people.get(bot.userId)?.realName },
    slackbot,
    connected: socket.count() > 0,
    people: [...state.people.values()],
    groups: state.groups,
    channels: channels.map(channelLine),
    messages: state.messages
      .filter(mine)
      .map((message) => ({ ...message, replies: repliesOf(state, message) })),
    modals: modalsOf(state, person).map(viewJson),
    homeTab,
    home: home ? viewJson(home) : null,
    commands,
    shortcuts,
    suggestions,
  };
}

function channelLine(channel: Channel): Json {
  const { id, name, kind, topic, archived, members } = channel;
  return { id, name, kind, topic, archived, members: members.size };
}

function repliesOf(state: State, message: Message): number {
  return state.messages.filter((one) => one.thread === message.ts && !one.shownTo).length;
}
