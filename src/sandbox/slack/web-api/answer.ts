import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../engine.ts';
import type { FaultKind } from '../faults.ts';
import { type Call, type Json, object, Refusal, string } from '../shapes.ts';
import { read } from '../signed-http.ts';
import { appMethods } from './app.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import type { Lanes } from './lanes.ts';
import type { Method, Methods } from './method.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

const methods: Methods = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...viewMethods,
};

interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly retryAfterS?: number;
}

/** Answers `POST /api/METHOD` with JSON or form bodies, as slack.com does, with the faults that are on. */
export async function answerApi(
  engine: Engine,
  lanes: Lanes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const name = pathname.slice('/api/'.length);
  const { token, ...args } = { ...Object.fromEntries(searchParams), ...(await argumentsOf(request)) };
  const bearer = string(request.headers.authorization).replace(/^Bearer\s*/i, '') || string(token);
  await withFault(engine, response, { method: name, args }, () => {
    const waitS = name === 'chat.postMessage' ? lanes.waitS(string(args.channel)) : 0;
    return waitS > 0 ? limited(waitS) : called(engine, name, bearer, args);
  });
}

/** Answers what the app posts to a response URL. */
export async function answerResponseUrl(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await argumentsOf(request);
  await withFault(engine, response, { method: 'response_url', args: body }, () => {
    try {
      engine.responseUrls.use(request.url ?? '', body);
      return { status: 200, body: { ok: true } };
    } catch (error) {
      const status = error instanceof Refusal && error.code.endsWith('_url') ? 404 : 400;
      return { status, body: refused(error) };
    }
  });
}

/** One call under the fault it meets: done or not, answered or not, and always in the log. */
async function withFault(
  engine: Engine,
  response: ServerResponse,
  { method, args }: Pick<Call, 'method' | 'args'>,
  act: () => Reply,
): Promise<void> {
  const fault = engine.faults.take(method, string(args.text));
  const reply = (fault && insteadOf(fault)) ?? act();
  const error = string(reply.body.error);
  const { status } = reply;
  const ok = reply.body.ok === true;
  engine.state.calls.push({
    at: engine.state.clock(),
    method,
    args,
    status,
    ok,
    ...(error ? { error } : {}),
  });
  engine.state.changed();
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'lost-answer') {
    response.socket?.destroy();
    return;
  }
  if (fault?.kind === 'slow') await pause(fault.delayMs, undefined, { ref: false });
  write(engine, response, reply);
}

/** What a fault says in the method's place; nothing for those that let it be done. */
function insteadOf(fault: FaultKind): Reply | undefined {
  switch (fault.kind) {
    case 'ratelimited':
      return limited(fault.retryAfterS);
    case 'server-error':
      return { status: fault.status ?? 500, body: { ok: false, error: 'internal_error' } };
    case 'refused':
      return { status: 200, body: { ok: false, error: fault.error } };
    case 'hang':
      return { status: 0, body: { ok: false, error: 'never_answered' } };
    default:
      return undefined;
  }
}

const limited = (retryAfterS: number): Reply => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  retryAfterS,
});

function called(engine: Engine, name: string, bearer: string, args: Json): Reply {
  try {
    const method = methods[name];
    if (!method) throw new Refusal('unknown_method', { req_method: name });
    authorise(engine, method, bearer);
    return { status: 200, body: { ok: true, ...method.run(engine, args) } };
  } catch (error) {
    return { status: 200, body: refused(error) };
  }
}

function authorise({ state, botToken, appToken }: Engine, method: Method, bearer: string): void {
  if (method.token === 'none') return;
  if (bearer === '') throw new Refusal('not_authed');
  const known = bearer === botToken || bearer === appToken;
  if (!known) throw new Refusal('invalid_auth');
  if (bearer !== (method.token === 'app' ? appToken : botToken)) throw new Refusal('not_allowed_token_type');
  if (method.scope && !state.scopes.has(method.scope)) {
    throw new Refusal('missing_scope', { needed: method.scope, provided: [...state.scopes].join(',') });
  }
}

function refused(error: unknown): Json {
  if (error instanceof Refusal) return { ok: false, error: error.code, ...error.more };
  throw error;
}

function write({ state }: Engine, response: ServerResponse, { status, body, retryAfterS }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-oauth-scopes': [...state.scopes].join(','),
    ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
  });
  response.end(JSON.stringify(body));
}

async function argumentsOf(request: IncomingMessage): Promise<Json> {
  const text = await read(request);
  if (text === '') return {};
  if (string(request.headers['content-type']).includes('json')) return object(JSON.parse(text));
  return Object.fromEntries(new URLSearchParams(text));
}
