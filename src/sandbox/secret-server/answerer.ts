import type { IncomingMessage } from 'node:http';
import { forbiddenBecause } from './forbidden.ts';
import type { Profile } from './profile.ts';
import { expiredToken, methodNotAllowed, notFoundPage, type Reply, unauthorized } from './replies.ts';
import { readBody, type SeenRequest, type Traffic } from './requests.ts';
import { healthCheck, pageAt, version } from './routes/anonymous.ts';
import { answer, findRoute } from './routes/router.ts';
import { endToken, grantToken } from './routes/token.ts';
import type { Sessions } from './sessions.ts';
import type { Failure } from './switches.ts';
import { settle } from './world/settle.ts';
import type { World } from './world/world.ts';

type Parts = { world: World; profile: Profile; traffic: Traffic; sessions: Sessions };

type AnswerTo = (request: IncomingMessage, what: SeenRequest, failure: Failure | undefined) => Promise<Reply>;

/** What the server would say if nothing failed. A request that fails before it is understood changes nothing. */
export function answerer(basePath: string, parts: Parts): AnswerTo {
  return async (request, what, failure) => {
    const why = forbiddenBecause(what);
    if (why) {
      parts.traffic.forbidden.push({ request: what, why });
      return methodNotAllowed;
    }
    const body = await readBody(request);
    if (failure && stopsBefore.has(failure.kind)) return notFoundPage;
    settle(parts.world);
    const isBelow = (request.url ?? '').startsWith(`${basePath}/`) || request.url === basePath;
    return isBelow ? reply(parts, what, { token: bearer(request), body }) : notFoundPage;
  };
}

/** With these the login of a token request never happened. */
const stopsBefore: ReadonlySet<Failure['kind']> = new Set(['hang', 'refuse', 'status', 'html', 'redirect']);

type Sent = { token: string | undefined; body: string };

function reply(parts: Parts, what: SeenRequest, sent: Sent): Reply {
  const { world, sessions } = parts;
  if (/^\/oauth2\/token$/i.test(what.path)) return grantToken(world, sessions, sent.body);
  const path = /^\/api(\/.*)$/i.exec(what.path)?.[1];
  if (path === undefined) return pageAt(world, what.method, what.path, what.query);
  if (/^\/v1\/healthcheck$/i.test(path)) return healthCheck(world);
  if (/^\/v1\/oauth-expiration$/i.test(path)) return endToken(sessions, sent.token);
  const caller = sessions.holder(sent.token);
  if (caller === 'unknown') return unauthorized;
  if (caller === 'expired') return expiredToken;
  if (/^\/v1\/version$/i.test(path)) return version(world);
  const found = findRoute(path);
  if (!found) return notFoundPage;
  const query = new URLSearchParams(what.query);
  return answer(found, { world, profile: parts.profile, caller, query });
}

function bearer({ headers }: IncomingMessage): string | undefined {
  return /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Headers of every answer. */
export function securityHeaders({ settings }: World): Record<string, string> {
  const hsts = { 'strict-transport-security': `max-age=${settings.hstsMaxAgeSeconds}` };
  return { 'x-frame-options': 'DENY', ...(settings.enableHsts ? hsts : {}) };
}
