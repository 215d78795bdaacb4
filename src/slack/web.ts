import { createRequire } from 'node:module';
import {
  type FetchFunction,
  type WebAPICallResult,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { EnvHttpProxyAgent } from 'undici';
import { z } from 'zod';
import type { NotifierOptions, WebConfig } from './options.ts';
import { boltLogger } from './transport.ts';

export const callTimeoutMs = 10_000;

/**
 * Why a call did not succeed. `unsure`: it may have been carried out, only its answer was lost.
 * `code` is Slack's word, or `http-503`, `unreachable`, `malformed`.
 */
export type Fault = { code: string; afterMs: number | null; unsure: boolean };
export type Called<T> = { ok: true; data: T } | { ok: false; fault: Fault };

/** The methods that are called, each with a scope in the manifest: a test holds the two against each other. */
export type Method =
  | 'apps.connections.open'
  | 'auth.test'
  | 'chat.postMessage'
  | 'chat.update'
  | 'conversations.history'
  | 'conversations.info'
  | 'conversations.open'
  | 'conversations.replies'
  | 'usergroups.users.list'
  | 'users.info'
  | 'views.open'
  | 'views.update';

/** Slack's Web API in our words: no retries of its own, no waiting, and an error that holds no token. */
export type SlackWeb = {
  /** Never rejects. The answer is read by `shape`. */
  call<S extends z.ZodType>(method: Method, args: object, shape: S): Promise<Called<z.infer<S>>>;
  fetch: FetchFunction;
};

export const anyAnswer = z.looseObject({});

type WebMeans = { telemetry: NotifierOptions['telemetry']; log: NotifierOptions['log']; now(): number };

/** Retries belong to the queue: the library's would post twice and hold up every other channel. */
export function slackWeb(config: WebConfig, { telemetry, log, now }: WebMeans): SlackWeb {
  const client = new WebClient(config.botToken, { ...webClientOptions(config), logger: boltLogger(log) });
  return {
    fetch: slackFetch(config) ?? globalThis.fetch,
    async call(method, args, shape) {
      const startedMs = now();
      const called = await attempt(() => client.apiCall(method, { ...args }), shape);
      const result = called.ok ? 'ok' : called.fault.code;
      telemetry.slackCalled({ method, result, durationMs: now() - startedMs });
      return called;
    },
  };
}

/** Fresh for each client: the libraries write into what they are given. `headers` are never set. */
export function webClientOptions(config: WebConfig): WebClientOptions {
  const fetch = slackFetch(config);
  return {
    slackApiUrl: config.apiUrl,
    timeout: config.timeoutMs ?? callTimeoutMs,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
    ...(fetch ? { fetch } : {}),
  };
}

type Undici = typeof import('undici');
const load = createRequire(import.meta.url);

/** Loaded where there is a proxy: it takes a tenth of a second and 15 MB. */
function undici(): Undici {
  return load('undici') as Undici;
}

/** What sends requests and the socket through the proxy; undefined without one. */
export function slackDispatcher({ proxy }: WebConfig): EnvHttpProxyAgent | undefined {
  if (!proxy) return undefined;
  return new (undici().EnvHttpProxyAgent)({
    httpProxy: proxy.url,
    httpsProxy: proxy.url,
    noProxy: proxy.except,
  });
}

function slackFetch(config: WebConfig): FetchFunction | undefined {
  const dispatcher = slackDispatcher(config);
  if (!dispatcher) return undefined;
  const { fetch } = undici();
  return (url, init) => fetch(url, { ...init, dispatcher } as Parameters<typeof fetch>[1]);
}

async function attempt<S extends z.ZodType>(
  send: () => Promise<WebAPICallResult>,
  shape: S,
): Promise<Called<z.infer<S>>> {
  try {
    const read = shape.safeParse(await send());
    return read.success ? { ok: true, data: read.data } : failed('malformed', true);
  } catch (error) {
    return faultOf(error);
  }
}

/** The library's error is dropped here: it holds the request, and with it the token. */
function faultOf(error: unknown): { ok: false; fault: Fault } {
  if (error instanceof WebAPIRateLimitedError) return failed('ratelimited', false, error.retryAfter * 1000);
  if (error instanceof WebAPIPlatformError) return failed(error.data.error, false);
  if (error instanceof WebAPIHTTPError) return failed(`http-${error.statusCode}`, true);
  if (error instanceof WebAPIRequestError) return failed('unreachable', true);
  return failed('malformed', true);
}

function failed(code: string, unsure: boolean, afterMs: number | null = null): { ok: false; fault: Fault } {
  return { ok: false, fault: { code, afterMs, unsure } };
}
