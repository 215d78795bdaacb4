import type { Engine } from './engine.ts';
import { messageJson } from './messages.ts';
import { bot, team } from './people.ts';
import type { Channel, Json, Message, Person, View } from './shapes.ts';
import { viewJson } from './views.ts';

const verificationToken = 'legacy-verification-token';
const installation = {
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  api_app_id: bot.appId,
  token: verificationToken,
};

/** A person's own workspace: somebody from outside carries another id. */
export const teamOf = (person: Person): string => (person.role === 'stranger' ? 'T0PARTNER' : team.id);

export function interaction(person: Person, type: string): Json {
  const user = { id: person.id, username: person.name, name: person.name, team_id: teamOf(person) };
  return { type, ...installation, user };
}

/** Slack tells no names of conversations that not everybody may know. */
export function channelLabel(channel: Channel): string {
  if (channel.kind === 'direct') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

/**
 * Where an interaction happened: a message comes with a response URL, and whole unless it is ephemeral (then
 * Slack keeps it to itself); a view comes with its state.
 */
export function surface(engine: Engine, person: Person, target: Message | View): Json {
  if ('content' in target) {
    return { container: { type: 'view', view_id: target.id }, view: viewJson(target) };
  }
  const { state, responseUrls } = engine;
  const channel = state.channels.get(target.channel);
  return {
    container: {
      type: 'message',
      message_ts: target.ts,
      channel_id: target.channel,
      is_ephemeral: target.shownTo !== undefined,
      ...(target.thread ? { thread_ts: target.thread } : {}),
    },
    ...(channel ? { channel: { id: channel.id, name: channelLabel(channel) } } : {}),
    ...(target.shownTo ? {} : { message: messageJson(state, target) }),
    response_url: `${engine.url()}${responseUrls.issue({ person: person.id, channel: target.channel, source: target })}`,
  };
}

/** The fields of a slash command: all strings, as a form has them. */
export function slashCommand(engine: Engine, person: Person, channel: Channel, words: Json): Json {
  const path = engine.responseUrls.issue({ person: person.id, channel: channel.id });
  return {
    token: verificationToken,
    team_id: teamOf(person),
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelLabel(channel),
    user_id: person.id,
    user_name: person.name,
    ...words,
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: `${engine.url()}${path}`,
    trigger_id: engine.triggers.issue(person.id),
  };
}

export function eventCallback(engine: Engine, event: Json): Json {
  const { state } = engine;
  return {
    token: verificationToken,
    team_id: team.id,
    api_app_id: bot.appId,
    type: 'event_callback',
    event: { ...event, event_ts: state.nextTs() },
    event_id: state.nextId('Ev'),
    event_time: Math.floor(state.clock() / 1000),
    is_ext_shared_channel: false,
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
  };
}
