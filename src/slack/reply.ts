import type { Once } from '../ports/records.ts';
import type { View } from './blocks.ts';
import { digest } from './digest.ts';
import { policyOf } from './policy.ts';
import { callTimeoutMs, type Fault, type SlackWeb } from './web.ts';

/**
 * A response URL takes five messages in 30 minutes.
 * Source: docs.slack.dev/interactivity/handling-user-interaction.
 */
const usesAtMost = 5;
export const replyLastsMs = 29 * 60_000;

/** `gone`: the address takes nothing more, and another way is needed. */
export type Replied = { outcome: 'sent' } | { outcome: 'gone' } | { outcome: 'fault'; fault: Fault };

type Reply = { url: string; until: number };
type Means = { web: Pick<SlackWeb, 'fetch'>; once: Once; now: number };

/** Shows a view to the one person who asked, by the response URL of their request. Never rejects. */
export async function replyWith(reply: Reply | null, view: View, means: Means): Promise<Replied> {
  if (reply === null || reply.until <= means.now) return { outcome: 'gone' };
  if (!(await useLeft(means.once, reply.url))) return { outcome: 'gone' };
  const replied = await send(means.web, reply.url, view);
  if (replied.outcome !== 'fault' || replied.fault.code !== 'invalid_blocks') return replied;
  return send(means.web, reply.url, { text: view.text, blocks: [] });
}

/** Uses are counted where all processes see them, since the bot and the workers share one address. */
async function useLeft(once: Once, url: string): Promise<boolean> {
  for (let use = 1; use <= usesAtMost; use += 1) {
    if (await once.claim(`slack-reply-${digest(url)}-${use}`, replyLastsMs)) return true;
  }
  return false;
}

async function send(web: Means['web'], url: string, { text, blocks }: View): Promise<Replied> {
  const body = {
    response_type: 'ephemeral',
    replace_original: false,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
  };
  try {
    const response = await web.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(callTimeoutMs),
    });
    const said = (await response.text()).slice(0, 500);
    return read(response.status, said, response.headers.get('retry-after'));
  } catch {
    return { outcome: 'fault', fault: { code: 'unreachable', afterMs: null, unsure: true } };
  }
}

function read(status: number, said: string, retryAfter: string | null): Replied {
  if (/used_url|expired_url|no_service|no_team|channel_not_found/.test(said)) return { outcome: 'gone' };
  if (/invalid_blocks|msg_blocks_too_long|msg_too_long/.test(said)) return fault('invalid_blocks', false);
  if (status >= 200 && status < 300) return refusal(said) ?? { outcome: 'sent' };
  if (status === 429) return fault('ratelimited', false, Number(retryAfter ?? 1) * 1000);
  if (status >= 500) return fault(`http-${status}`, true);
  return { outcome: 'gone' };
}

/** A refusal may come with status 200. What will pass is tried again here, what will not goes another way. */
function refusal(said: string): Replied | null {
  const code = /"ok"\s*:\s*false/.test(said) ? (/"error"\s*:\s*"(\w+)"/.exec(said)?.[1] ?? 'refused') : null;
  if (code === null) return null;
  return policyOf(code) === 'later' ? fault(code, false) : { outcome: 'gone' };
}

function fault(code: string, unsure: boolean, afterMs: number | null = null): Replied {
  return { outcome: 'fault', fault: { code, afterMs, unsure } };
}
