import type { GapError } from '../../domain/gap.ts';
import { vendorWords } from '../http/vendor-words.ts';
import { type Element, rootOf } from './element.ts';
import { below, child, text } from './fields.ts';
import { qualysGap } from './gaps.ts';
import type { Answer } from './wire.ts';

/**
 * Why Qualys did not give what was asked for.
 * - `login` name or password refused: not to be sent again
 * - `account` expired, unregistered, a second factor, no permission: nothing that is asked as this account helps
 * - `busy` another request of the subscription runs; no time to wait is told
 * - `rate` as many as the hour allows; `waitMs` where it is told
 * - `version` this version of the call is not known
 * - `failing` an error of the server
 * - `strange` anything else: a page, half a document, a question that it did not take
 */
export type Refusal = {
  kind: 'login' | 'account' | 'busy' | 'rate' | 'version' | 'failing' | 'strange';
  words: string;
  waitMs: number | null;
};

export type Said = { response: Element } | { refusal: Refusal };

/** Reads an answer by its root element and code. The HTTP status counts only where there is neither. */
export function saidIn(answer: Answer, expected: RegExp, sealed: readonly string[]): Said {
  const root = rootOf(answer.text);
  if (root?.name === 'SIMPLE_RETURN') return { refusal: refusalIn(root, answer, sealed) };
  if (!root || !/_(OUTPUT|RETURN)$/.test(root.name)) return { refusal: withoutXml(root, answer) };
  const response = child(root, 'RESPONSE');
  if (response && expected.test(root.name)) return { response };
  return { refusal: { kind: 'strange', words: `it answered with ${root.name}`, waitMs: null } };
}

/** What the vendor's codes say. Only some are on record; the rest is read by its words and status. */
const codes: Readonly<Record<string, Refusal['kind']>> = {
  999: 'failing',
  1959: 'busy',
  1960: 'busy',
  1965: 'rate',
  1966: 'rate',
  2000: 'login',
  2001: 'account',
  2003: 'account',
  2011: 'account',
};

function refusalIn(root: Element, { status, waitSeconds }: Answer, sealed: readonly string[]): Refusal {
  const response = child(root, 'RESPONSE');
  const code = text(response, 'CODE');
  const words = vendorWords(text(response, 'TEXT') ?? 'no reason was given', sealed);
  const kind = codes[code ?? ''] ?? kindOf(status, words);
  const told = kind === 'rate' ? (secondsToWait(response) ?? waitSeconds) : null;
  return {
    kind,
    words: `${words.replace(/\.$/, '')}${code === null ? '' : ` (code ${code})`}`,
    waitMs: told === null ? null : told * 1000,
  };
}

function kindOf(status: number, words: string): Refusal['kind'] {
  if (status === 401) return 'login';
  if (status === 403 || /\bpermission|not authori[sz]ed|not allowed to/i.test(words)) return 'account';
  if (status === 404 || /\bversion\b|end of (service|support|life)|deprecated/i.test(words)) return 'version';
  return status >= 500 ? 'failing' : 'strange';
}

function secondsToWait(response: Element | undefined): number | null {
  const item = below(response, (name) => name === 'ITEM').find(
    (one) => text(one, 'KEY') === 'SECONDS_TO_WAIT',
  );
  const seconds = Number(text(item, 'VALUE') ?? Number.NaN);
  return seconds >= 0 ? seconds : null;
}

/** Gateways, proxies and maintenance pages answer without the API's own XML. */
function withoutXml(root: Element | undefined, { status, text: body, waitSeconds }: Answer): Refusal {
  const isPage = root?.name === 'HTML' || /<html|<!doctype html/i.test(body);
  const what = isPage ? 'a web page' : 'something that is no whole XML document';
  const refusal = (kind: Refusal['kind'], words: string): Refusal => ({ kind, words, waitMs: null });
  if (status === 401) return refusal('login', 'HTTP 401');
  if (status === 403) return refusal('account', 'HTTP 403');
  if (status === 404) return refusal('version', 'HTTP 404');
  if (status === 409 || status === 429)
    return waitSeconds === null
      ? refusal('busy', `HTTP ${status}`)
      : { kind: 'rate', words: `HTTP ${status}`, waitMs: waitSeconds * 1000 };
  if (status >= 500 || status === 408) return refusal('failing', `HTTP ${status}`);
  return refusal('strange', `it answered with ${what} (HTTP ${status})`);
}

/** The gap that a refusal stands for, once nothing more is tried. `what` is the path that was asked. */
export function refusalGap({ kind, words, waitMs }: Refusal, what: string, username: string): GapError {
  switch (kind) {
    case 'login':
      return qualysGap('denied', `Qualys refused the login of ${username}: ${words}`);
    case 'account':
      return qualysGap(
        'denied',
        `Qualys refused ${username} at ${what}: ${words}. Log in to Qualys in the browser as that account and see what it asks for`,
      );
    case 'busy':
      return qualysGap(
        'throttled',
        `Qualys stays busy with other requests of the subscription: ${words}`,
        true,
      );
    case 'rate':
      return qualysGap('throttled', `Qualys asks to wait${waitText(waitMs)}: ${words}`, true);
    case 'failing':
      return qualysGap('failing', `${what} answered with an error of Qualys: ${words}`, true);
    case 'version':
      return qualysGap(
        'absent',
        `Qualys does not know ${what} in any version that Vaultcheck speaks: ${words}`,
      );
    case 'strange':
      return qualysGap(
        'malformed',
        `${what}: ${words}. Check the URL of the API server and proxies on the way`,
      );
  }
}

function waitText(waitMs: number | null): string {
  return waitMs === null ? '' : ` ${Math.ceil(waitMs / 1000)} s, longer than this run may`;
}
