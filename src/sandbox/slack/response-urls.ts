import { checkBlocks } from './blocks/validate.ts';
import { edit, post, remove } from './messages.ts';
import { bot } from './people.ts';
import { type Json, type Message, Refusal, string } from './shapes.ts';
import type { State } from './state.ts';

/** Five uses within thirty minutes (docs.slack.dev/interactivity/handling-user-interaction). */
const maxUses = 5;
const livesMs = 30 * 60_000;

/** Where an answer goes. `source` is the message that was acted on; a slash command has none. */
export interface AnswerPlace {
  readonly person: string;
  readonly channel: string;
  readonly source?: Message;
}

export interface ResponseUrls {
  /** Returns the path of a new URL. */
  issue(place: AnswerPlace): string;
  /** Does what the app posted to a URL's path; refuses with `used_url`, `expired_url`, `no_text`, `invalid_blocks`. */
  use(path: string, body: Json): void;
}

export function slackResponseUrls(state: State): ResponseUrls {
  const issued = new Map<string, AnswerPlace & { usesLeft: number; expiresAt: number }>();
  return {
    issue: (place) => {
      const path = `/${place.source ? 'actions' : 'commands'}/${state.nextId('R')}`;
      issued.set(path, { ...place, usesLeft: maxUses, expiresAt: state.clock() + livesMs });
      return path;
    },
    use: (path, body) => {
      const url = issued.get(path);
      if (!url) throw new Refusal('invalid_url');
      if (state.clock() > url.expiresAt) throw new Refusal('expired_url');
      if (url.usesLeft === 0) throw new Refusal('used_url');
      url.usesLeft -= 1;
      answer(state, url, body);
    },
  };
}

/**
 * An answer to a slash command or an interaction, by its URL or with the acknowledgement. It is ephemeral unless
 * it says `in_channel`. Replacing and deleting work on the message acted on and are ignored for a slash command
 * (bolt-js issue 2287), where a second message appears. An ephemeral message stays ephemeral.
 */
export function answer(state: State, place: AnswerPlace, body: Json): void {
  if (place.source && body.delete_original === true) {
    remove(state, place.source);
    return;
  }
  const text = string(body.text);
  const blocks = body.blocks === undefined ? undefined : checkBlocks(body.blocks);
  if (text === '' && !blocks?.length) throw new Refusal('no_text');
  const standing = place.source && state.messages.includes(place.source) ? place.source : undefined;
  if (standing && body.replace_original === true) {
    edit(state, standing, { text, blocks: blocks ?? [] });
    return;
  }
  post(state, {
    channel: place.channel,
    author: bot.userId,
    origin: 'response',
    text,
    ...(blocks ? { blocks } : {}),
    ...(typeof body.thread_ts === 'string' ? { thread: body.thread_ts } : {}),
    ...(body.response_type === 'in_channel' ? {} : { shownTo: place.person }),
  });
}

/** Whether an acknowledgement carries a message: `ack()` alone says nothing. */
export function says(body: Json | undefined): body is Json {
  return body !== undefined && (body.text !== undefined || body.blocks !== undefined);
}
