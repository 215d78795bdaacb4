import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { GapError } from '../../domain/gap.ts';
import type { RunScope } from '../../ports/run-scope.ts';
import { httpClient } from '../http/client.ts';
import { codeOf } from '../http/failures.ts';
import { isLoopback } from '../http/loopback.ts';
import { trusting } from '../http/trust.ts';
import { limit } from '../waiting-line.ts';
import { failureGap } from './failures.ts';
import { vaultGap } from './gaps.ts';
import { defaultConcurrency, defaultRequestTimeoutMs, type SecretServerOptions } from './options.ts';
import { type Method, type Route, routeOf } from './routes.ts';

/** `scanner` is asked anonymously and whatever its certificate; only `reader` ever gets something secret. */
export type Side = 'reader' | 'scanner';
export type Query = Readonly<Record<string, string>>;
export type Request = {
  side: Side;
  method: Method;
  path: string;
  query?: Query;
  form?: Readonly<Record<string, string>>;
  bearer?: string;
  timeoutMs?: number;
};
export type Answer = { status: number; type: string; text: string; retryAfter: string | null; route: Route };

export type Wire = { send(request: Request, run: RunScope): Promise<Answer>; close(): void };

/** The vendor's largest answer here is its SOAP description, a third of a megabyte. */
const maxBodyBytes = 8_000_000;

/**
 * The one door to Secret Server: no other file has an HTTP client. It sends nothing that `routes.ts` does not allow,
 * follows no redirect (the token would follow it), and throws GapError when no whole answer comes.
 */
export function openWire(options: SecretServerOptions): Wire {
  const agents = { reader: openAgents(options, true), scanner: openAgents(options, false) };
  const within = limit(options.concurrency ?? defaultConcurrency);
  return {
    async send(request, run) {
      const keys = Object.keys(request.query ?? {});
      const route = routeOf(request.method, request.path, keys);
      if (!route) throw new Error(`${request.method} ${request.path} (${keys.join(', ')}) is not allowed`);
      const url = addressOf(options, request);
      refuseInClear(options, request, url);
      const answer = await within(run.signal, () =>
        exchange({ options, request, run, url, agents: agents[request.side] }),
      ).catch((error: unknown) => {
        // Who waits in line for a place is woken by the signal's own reason.
        throw run.signal.aborted && !(error instanceof GapError) ? deadlineGap(url) : error;
      });
      return { ...answer, route };
    },
    close() {
      for (const agent of [...Object.values(agents.reader), ...Object.values(agents.scanner)])
        agent.destroy();
    },
  };
}

type Agents = { http: HttpAgent; https: HttpAgent };
type Exchange = { options: SecretServerOptions; request: Request; run: RunScope; url: URL; agents: Agents };

function openAgents(options: SecretServerOptions, verified: boolean): Agents {
  const kept = { keepAlive: true, maxSockets: options.concurrency ?? defaultConcurrency };
  const trust = { secureContext: trusting(options.caPem), rejectUnauthorized: verified };
  if (!options.proxy) return { http: new HttpAgent(kept), https: new HttpsAgent({ ...kept, ...trust }) };
  const agent = new HttpsProxyAgent(options.proxy, kept);
  // Its own options are for the way to the proxy; these reach the server behind it.
  Object.assign(agent.options, trust);
  return { http: agent, https: agent };
}

function addressOf(options: SecretServerOptions, { side, path, query }: Request): URL {
  const base = (side === 'reader' ? options.url : options.scannerUrl).replace(/\/+$/, '');
  const asked = Object.entries(query ?? {}).map(([key, value]) =>
    value === '' ? key : `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  );
  return new URL(`${base}${path}${asked.length > 0 ? `?${asked.join('&')}` : ''}`);
}

function refuseInClear(options: SecretServerOptions, request: Request, url: URL): void {
  const secret = request.form !== undefined || request.bearer !== undefined;
  const clear = url.protocol !== 'https:' && !options.allowInsecure && !isLoopback(url.hostname);
  if (secret && clear) {
    throw vaultGap('not-configured', `${url.host} is set up without https: no password is sent in clear`);
  }
}

async function exchange(given: Exchange): Promise<Omit<Answer, 'route'>> {
  const { options, request, run } = given;
  const startedAt = options.now();
  const tell = (result: string) =>
    options.telemetry?.vendorCalled({
      source: 'secret-server',
      result,
      durationMs: options.now() - startedAt,
    });
  const timeoutMs = request.timeoutMs ?? options.requestTimeoutMs ?? defaultRequestTimeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  run.sent('secret-server');
  try {
    const answer = await transfer(given, AbortSignal.any([run.signal, timeout]));
    tell(`${Math.floor(answer.status / 100)}xx`);
    return answer;
  } catch (error) {
    const gap = failureGap({
      host: given.url.host,
      code: codeOf(error),
      deadline: run.signal.aborted,
      timedOut: timeout.aborted,
      seconds: Math.round(timeoutMs / 1000),
    });
    tell(gap.gap.cause);
    throw gap;
  }
}

async function transfer(
  { request, url, agents }: Exchange,
  signal: AbortSignal,
): Promise<Omit<Answer, 'route'>> {
  const { data, status, headers } = await httpClient().request<string>({
    url: url.href,
    method: request.method,
    headers: {
      accept: 'application/json, text/xml;q=0.5',
      ...(request.bearer ? { authorization: `Bearer ${request.bearer}` } : {}),
      ...(request.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(request.form ? { data: new URLSearchParams(request.form).toString() } : {}),
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maxBodyBytes,
    maxBodyLength: 100_000,
    responseType: 'text',
    transformResponse: [(body: unknown) => body],
    transitional: { clarifyTimeoutError: true, silentJSONParsing: false, forcedJSONParsing: false },
    validateStatus: () => true,
    signal,
  });
  const header = (name: string) => String(headers[name] ?? '');
  return {
    status,
    type: header('content-type'),
    text: data ?? '',
    retryAfter: header('retry-after') || null,
  };
}

function deadlineGap(url: URL): GapError {
  return failureGap({ host: url.host, code: '', deadline: true, timedOut: false, seconds: 0 });
}
