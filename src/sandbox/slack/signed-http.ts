import { createHmac } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { type DeliveryKind, type Json, object } from './shapes.ts';

export interface HttpTarget {
  /** The app's request URL, such as http://127.0.0.1:3000/slack/events. */
  readonly url: string;
  readonly signingSecret: string;
  readonly timeoutMs: number;
  readonly clock: () => number;
}

export interface HttpParcel {
  readonly kind: DeliveryKind;
  readonly payload: Json;
  /** Slack says so when it tries again. */
  readonly retry?: { readonly number: number; readonly reason: string };
}

/** `undefined` answer: acknowledged without words. A status other than 2xx is not an acknowledgement. */
export type HttpReceipt =
  | { readonly acked: true; readonly answer: Json | undefined }
  | { readonly acked: false };

/**
 * Delivers as Slack does to a request URL: a form for commands and interactions, JSON for events, signed with
 * `v0:{timestamp}:{body}` (docs.slack.dev/authentication/verifying-requests-from-slack).
 */
export async function deliverSigned(target: HttpTarget, parcel: HttpParcel): Promise<HttpReceipt> {
  const body = bodyOf(parcel);
  const json = parcel.kind === 'events_api';
  const { status, text } = await send(target, body, {
    'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
    ...signature(target, body),
    ...(parcel.retry
      ? { 'x-slack-retry-num': String(parcel.retry.number), 'x-slack-retry-reason': parcel.retry.reason }
      : {}),
  });
  if (status < 200 || status > 299) return { acked: false };
  return { acked: true, answer: answerOf(text) };
}

function signature(target: HttpTarget, body: string): Record<string, string> {
  const timestamp = String(Math.floor(target.clock() / 1000));
  const mac = createHmac('sha256', target.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` };
}

function bodyOf({ kind, payload }: HttpParcel): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(fields).toString();
}

/** An empty body is a bare acknowledgement; plain words are a message. */
function answerOf(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    return object(JSON.parse(text));
  } catch {
    return { text };
  }
}

function send(
  target: HttpTarget,
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const failed = () => resolve({ status: 0, text: '' });
    const signal = AbortSignal.timeout(target.timeoutMs);
    const outgoing = request(target.url, { method: 'POST', headers, agent: false, signal }, (incoming) => {
      read(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, text }), failed);
    });
    outgoing.on('error', failed);
    outgoing.end(body);
  });
}

/** The whole body as text. */
export async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
