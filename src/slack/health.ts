import { z } from 'zod';
import type { ChannelState, ChatState } from '../domain/doctor/chat.ts';
import { type GapCause, GapError } from '../domain/gap.ts';
import type { ChatHealth, NamedChannel } from '../ports/health.ts';
import type { Fault, SlackWeb } from './web.ts';

/** The scopes of manifest.yml, and what does not work without each. */
const needed = [
  { scope: 'commands', use: 'there is no slash command' },
  { scope: 'chat:write', use: 'nothing can be posted' },
  { scope: 'im:write', use: 'late answers do not arrive' },
  { scope: 'users:read', use: 'members cannot be told from guests' },
  { scope: 'usergroups:read', use: 'access lists cannot name a user group' },
];

const history = 'a message whose post was not confirmed may stand twice, once';
const optional = [
  { scope: 'channels:history', use: history },
  { scope: 'groups:history', use: `${history}, in private channels` },
  { scope: 'channels:read', use: 'whether the bot is in its channels is not seen here' },
  { scope: 'groups:read', use: 'the same for private channels' },
];

const Test = z.looseObject({
  team: z.string().default('Slack'),
  response_metadata: z.looseObject({ scopes: z.array(z.string()).optional() }).optional(),
});
const Address = z.looseObject({ url: z.string().startsWith('ws') });
const Info = z.looseObject({
  channel: z.looseObject({ is_member: z.boolean().default(false), is_archived: z.boolean().default(false) }),
});

type Calls = Pick<SlackWeb, 'call'>;

/** Slack about our own tokens. `app`: calls with the app token; null where none is set. */
export function slackHealth(web: Calls, app: Calls | null): ChatHealth {
  return {
    async read(channels): Promise<ChatState> {
      const tested = await web.call('auth.test', {}, Test);
      if (!tested.ok) throw faultGap(tested.fault);
      const held = tested.data.response_metadata?.scopes;
      const lacks = ({ scope }: { scope: string }) => held !== undefined && !held.includes(scope);
      return {
        team: tested.data.team,
        missing: held ? needed.filter(lacks) : null,
        optional: optional.filter(lacks),
        socket: app && (await socketOf(app)),
        channels: await Promise.all(channels.map((one) => channelState(web, one))),
      };
    },
  };
}

/** Asks where a socket could be opened, and opens none: an app may have ten. */
async function socketOf(app: Calls): Promise<ChatState['socket']> {
  const asked = await app.call('apps.connections.open', {}, Address);
  return asked.ok ? { known: true } : { gap: faultGap(asked.fault).gap };
}

const states: Readonly<Record<string, ChannelState['state']>> = {
  channel_not_found: 'absent',
  missing_scope: 'unasked',
};

async function channelState(web: Calls, { id, where }: NamedChannel): Promise<ChannelState> {
  const asked = await web.call('conversations.info', { channel: id }, Info);
  if (!asked.ok) {
    return {
      id,
      where,
      state: states[asked.fault.code] ?? 'unseen',
      detail: `Slack says ${asked.fault.code}`,
    };
  }
  const { is_archived: archived, is_member: member } = asked.data.channel;
  return { id, where, state: archived ? 'archived' : member ? 'member' : 'not-member', detail: '' };
}

const causes: Readonly<Record<string, GapCause>> = {
  unreachable: 'unreachable',
  ratelimited: 'throttled',
  malformed: 'malformed',
};

function faultGap({ code }: Fault): GapError {
  const cause = causes[code] ?? (code.startsWith('http-') ? 'failing' : 'denied');
  const detail =
    cause === 'unreachable' ? 'Slack does not answer.' : `Slack answered the token with ${code}.`;
  return new GapError({ source: 'vaultcheck', cause, detail });
}
