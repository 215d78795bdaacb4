import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { RunScope } from '../../ports/run-scope.ts';
import { httpClient } from '../http/client.ts';
import { codeOf, failureGap } from '../http/failures.ts';
import { isLoopback } from '../http/loopback.ts';
import { trusting } from '../http/trust.ts';
import { qualysGap } from './gaps.ts';
import { defaultRequestTimeoutMs, type QualysOptions } from './options.ts';
import { type Method, routeOf } from './routes.ts';

export type Query = Readonly<Record<string, string>>;
export type Request = { method: Method; path: string; query: Query };
/** `waitSeconds`: how long the answer's headers ask to wait; null where they do not. */
export type Answer = { status: number; text: string; waitSeconds: number | null };
export type Wire = { send(request: Request, run: RunScope): Promise<Answer>; close(): void };

/** A full page of a thousand hosts is about a megabyte. */
const maxBodyBytes = 16_000_000;
/** Longer ones are asked by POST where the route allows it. */
export const maxQueryLength = 2000;

/**
 * The one door to Qualys: no other file has an HTTP client. It sends nothing that `routes.ts` does not allow, follows
 * no redirect (the password would follow it), and throws GapError when no whole answer comes.
 */
export function openWire(options: QualysOptions): Wire {
  const agents = openAgents(options);
  return {
    async send(request, run) {
      const { method, path, query } = request;
      if (!routeOf(method, path, query))
        throw new Error(`${method} ${path} (${Object.keys(query).join(', ')}) is not allowed`);
      const url = new URL(`${options.url.replace(/\/+$/, '')}${path}`);
      if (url.protocol !== 'https:' && !options.allowInsecure && !isLoopback(url.hostname))
        throw qualysGap(
          'not-configured',
          `${url.host} is set up without https: no password is sent in clear`,
        );
      return exchange({ options, request, run, url, agents });
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

type Agents = { http: HttpAgent; https: HttpAgent };
type Exchange = { options: QualysOptions; request: Request; run: RunScope; url: URL; agents: Agents };

function openAgents({ caPem, proxy }: QualysOptions): Agents {
  const kept = { keepAlive: true, maxSockets: 5, secureContext: trusting(caPem) };
  if (!proxy) return { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent(kept) };
  const agent = new HttpsProxyAgent(proxy, kept);
  return { http: agent, https: agent };
}

async function exchange(given: Exchange): Promise<Answer> {
  const { options, run, url } = given;
  const startedAt = options.now();
  const tell = (result: string) =>
    options.telemetry?.vendorCalled({ source: 'qualys', result, durationMs: options.now() - startedAt });
  const timeoutMs = options.requestTimeoutMs ?? defaultRequestTimeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  run.sent('qualys');
  try {
    const answer = await transfer(given, AbortSignal.any([run.signal, timeout]));
    tell(`${Math.floor(answer.status / 100)}xx`);
    return answer;
  } catch (error) {
    const code = codeOf(error);
    const ended = { deadline: run.signal.aborted, timedOut: timeout.aborted };
    const seconds = Math.round(timeoutMs / 1000);
    const gap = failureGap(
      { host: url.host, code, ...ended, seconds },
      { source: 'qualys', system: 'Qualys' },
    );
    tell(gap.gap.cause);
    throw gap;
  }
}

async function transfer({ options, request, url, agents }: Exchange, signal: AbortSignal): Promise<Answer> {
  const asked = new URLSearchParams(request.query).toString();
  const isPost = request.method === 'POST';
  const { data, status, headers } = await httpClient().request<string>({
    url: isPost ? url.href : `${url.href}?${asked}`,
    method: request.method,
    ...(isPost ? { data: asked } : {}),
    headers: {
      accept: 'application/xml, text/xml',
      // Without it every call is refused, whatever it says.
      'x-requested-with': 'vaultcheck',
      ...(isPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    auth: { username: options.username, password: options.password() },
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maxBodyBytes,
    responseType: 'text',
    transformResponse: [(body: unknown) => body],
    transitional: { clarifyTimeoutError: true, silentJSONParsing: false, forcedJSONParsing: false },
    validateStatus: () => true,
    signal,
  });
  const told = Number(headers['x-ratelimit-towait-sec'] ?? headers['retry-after'] ?? Number.NaN);
  return { status, text: data ?? '', waitSeconds: told > 0 ? told : null };
}
