import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Audience } from '../commands/command.ts';
import type { Destination } from '../domain/destination.ts';
import { digest } from './digest.ts';
import type { Interaction, Slash } from './payloads.ts';
import { replyLastsMs } from './reply.ts';

/** Somebody who wants something, somewhere. */
export type Ask = {
  person: string;
  /** The person's own workspace: another one for people of a shared channel. */
  workspace: string;
  channel: string;
  reply: Destination['reply'];
  /** The same when Slack delivers the same envelope again. */
  trigger: string;
};

export function askOfSlash(body: z.infer<typeof Slash>, now: number): Ask {
  return {
    person: body.user_id,
    workspace: body.team_id,
    channel: body.channel_id,
    reply: replyOf(body.response_url, now),
    trigger: triggerOf(body),
  };
}

export function askOfInteraction(body: Interaction, now: number): Ask {
  return {
    person: body.user.id,
    workspace: body.user.team_id ?? body.team?.id ?? '',
    channel: body.channel?.id ?? '',
    reply: replyOf(body.response_url, now),
    trigger: triggerOf(body),
  };
}

/** Without a trigger two asks could not be told apart from one that came twice: then each is one of its own. */
function triggerOf({ trigger_id: trigger }: { trigger_id: string }): string {
  return trigger === '' ? randomUUID() : trigger;
}

function replyOf(url: string | undefined, now: number): Destination['reply'] {
  return url && URL.canParse(url) ? { url, until: now + replyLastsMs } : null;
}

/**
 * The id of what this ask starts: the same when the same envelope comes twice, so that the queue stores it once.
 * A person who asks again has another trigger and gets another run.
 */
export function idOf({ workspace, person, trigger }: Ask, ...what: readonly string[]): string {
  return digest(workspace, person, trigger, ...what);
}

export function destination(
  ask: Ask,
  audience: Audience,
  message: Destination['message'] = null,
): Destination {
  const { workspace, person, channel, reply } = ask;
  return { workspace, person, channel, audience, reply, message };
}
