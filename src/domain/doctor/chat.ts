import type { Told } from '../told.ts';
import { leftOut, type Said, unseen, unwell, well } from './finding.ts';

/** A scope that the app may hold, and what it is for. */
type Scope = { scope: string; use: string };

/**
 * A channel that the configuration names. `unasked`: the token may not look. `unseen`: Slack did not tell, and `detail`
 * says why.
 */
export type ChannelState = {
  id: string;
  /** Where the configuration names it: `slack.alerts`. */
  where: string;
  state: 'member' | 'not-member' | 'absent' | 'archived' | 'unasked' | 'unseen';
  detail: string;
};

/** The token as Slack knows it. `missing`, `optional`: scopes that it does not hold; null where Slack does not say. */
export type ChatState = {
  team: string;
  missing: Scope[] | null;
  optional: Scope[];
  /** Whether Slack would open a socket for the app token; null where none is set. */
  socket: Told<true> | null;
  channels: ChannelState[];
};

export function chatFindings(chat: Told<ChatState> | null): Said[] {
  if (chat === null) return [leftOut('SLACK_BOT_TOKEN is not set, so Slack was not asked.')];
  if ('gap' in chat)
    return [
      unseen(
        'Slack cannot be used',
        chat.gap,
        'Put a valid bot token into SLACK_BOT_TOKEN, and see that this host reaches slack.com.',
      ),
    ];
  const { team, missing, optional, socket, channels } = chat.known;
  return [
    well(`Slack knows the bot, in ${team}.`),
    ...scopes(missing),
    ...optional.map(optionalScope),
    socketFinding(socket),
    ...channels.map(channel),
  ];
}

const reinstall =
  'Add it under "OAuth & Permissions" of the Slack app (manifest.yml has them all) and install the app again.';

function scopes(missing: readonly Scope[] | null): Said[] {
  if (missing === null)
    return [
      { verdict: 'unknown', text: 'Slack does not tell which scopes the token has.', remedy: reinstall },
    ];
  if (missing.length === 0) return [well('Its token has every scope that is needed.')];
  return missing.map(({ scope, use }) => unwell('fail', `Its token lacks ${scope}: ${use}.`, reinstall));
}

function socketFinding(socket: Told<true> | null): Said {
  if (socket === null)
    return leftOut('SLACK_APP_TOKEN is not set: Slack reaches the bot by signed requests, or not at all.');
  if ('known' in socket) return well('Slack accepts the app token: a socket can be opened.');
  return unseen(
    'No socket to Slack can be opened',
    socket.gap,
    'Make an app-level token with connections:write under "Basic Information" of the Slack app, put it into SLACK_APP_TOKEN, and see that Socket Mode is on.',
  );
}

function optionalScope({ scope, use }: Scope): Said {
  return leftOut(`The optional scope ${scope} is not granted: ${use}.`);
}

function channel({ id, where, state, detail }: ChannelState): Said {
  const named = `The channel ${id} (${where})`;
  switch (state) {
    case 'member':
      return well(`${named} is there, and the bot is in it.`);
    case 'not-member':
      return unwell(
        'fail',
        `The bot is not in the channel ${id} (${where}).`,
        'Invite it there: /invite @Vaultcheck',
      );
    case 'archived':
      return unwell('fail', `${named} is archived.`, `Unarchive it, or name another in ${where}.`);
    case 'absent':
      return unwell(
        'fail',
        `${named} does not exist, or is private and the bot is not in it.`,
        `Invite the bot there, or correct ${where}.`,
      );
    case 'unasked':
      return leftOut(`${named} was not looked at: the token lacks channels:read or groups:read.`);
    case 'unseen':
      return {
        verdict: 'unknown',
        text: `${named} could not be looked at: ${detail}.`,
        remedy: 'Look whether the bot is in it.',
      };
  }
}

/** Integrations whose incidents have no channel. */
export function unheardFindings(integrations: readonly string[]): Said[] {
  if (integrations.length === 0) return [];
  const text = `Incidents of ${integrations.join(', ')} are told in no channel: neither slack.alerts nor alerts of the integration is set. They stand in /vault incidents alone.`;
  return [unwell('warn', text, 'Set slack.alerts to the id of a channel, and invite the bot there.')];
}
