import type { SeenRequest } from './requests.ts';
import { findRoute } from './routes/router.ts';

/** Parameters that check out, check in, comment, or load a section with a password in it. */
const parameters = new Set([
  'autocheckout',
  'autocheckin',
  'forcecheckin',
  'autocomment',
  'loadall',
  'loademail',
]);

const anonymous = /^\/v1\/(healthcheck|version)$/i;

/** Why a verifier must never send this; undefined when it may. */
export function forbiddenBecause({ method, path, query }: SeenRequest): string | undefined {
  const sent = [...new URLSearchParams(query).keys()].find((name) => parameters.has(name.toLowerCase()));
  if (sent) return `it sends ${sent}`;
  const inApi = /^\/api(\/.*)$/i.exec(path)?.[1];
  if (method === 'POST') {
    const isToken = /^\/oauth2\/token$/i.test(path) || /^\/v1\/oauth-expiration$/i.test(inApi ?? '');
    return isToken ? undefined : 'it is a POST that is not about tokens';
  }
  if (method !== 'GET') return `it is a ${method}`;
  if (inApi === undefined || anonymous.test(inApi)) return undefined;
  return findRoute(inApi) ? undefined : 'its address is not on the list';
}
