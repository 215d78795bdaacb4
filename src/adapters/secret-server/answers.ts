import type { z } from 'zod';
import type { GapError } from '../../domain/gap.ts';
import { vaultGap, vendorWords } from './gaps.ts';
import type { Answer } from './wire.ts';

/** What an answer is judged with: where it was asked, and the secrets that its words must not carry on. */
export type Asked = { url: string; path: string; sealed: readonly string[] };

/** The JSON of a good answer. Throws the gap that any other answer stands for. */
export function jsonOf(answer: Answer, asked: Asked): unknown {
  if (answer.status < 200 || answer.status > 299) throw refusalGap(answer, asked);
  if (!isJson(answer)) throw pageGap(answer, asked);
  return (
    parsed(answer.text) ?? raise(vaultGap('malformed', `The address ${asked.path} answered with broken JSON`))
  );
}

/** An answer in our words. Throws `malformed`, naming the field, where it is not of the shape that is judged. */
export function read<S extends z.ZodType>(schema: S, json: unknown, path: string): z.output<S> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the whole answer';
  throw vaultGap(
    'malformed',
    `The address ${path} answered in an unknown form: ${field} (${issue?.message ?? 'invalid'})`,
  );
}

/** Whether the token has run out or was ended. Any other 403 is a refusal, and no new token helps. */
export function tokenEnded({ status, text }: Answer): boolean {
  if (status === 401) return true;
  return status === 403 && wordsOf(text)?.message === 'Authentication failed or expired token.';
}

export function isJson({ type }: Answer): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(type.trim());
}

/** Undefined where the text is no JSON. A reply of `null` is no answer of this API, so it counts as none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What Secret Server says in the body of a refusal. */
export function wordsOf(text: string): { errorCode?: string; message?: string; error?: string } | undefined {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null) return undefined;
  const word = (name: string) => {
    const value: unknown = Reflect.get(json, name);
    return typeof value === 'string' && value !== '' ? { [name]: value } : {};
  };
  return { ...word('errorCode'), ...word('message'), ...word('error') };
}

/** The hint for a base URL that lacks its path, the usual reason for a page in place of an answer. */
export function pathHint(url: string): string {
  const { origin, pathname } = new URL(url);
  return pathname === '/' ? `; if Secret Server lies below a path, use ${origin}/SecretServer` : '';
}

function refusalGap(answer: Answer, asked: Asked): GapError {
  const { status } = answer;
  if (status === 429) return vaultGap('throttled', `Secret Server asks to slow down at ${asked.path}`, true);
  if (status === 408 || status >= 500) {
    return vaultGap(
      'failing',
      `The address ${asked.path} answered with an error of the server (HTTP ${status})`,
      true,
    );
  }
  if (status >= 300 && status < 400) {
    return vaultGap('malformed', `The address ${asked.path} redirects elsewhere${pathHint(asked.url)}`);
  }
  if (!isJson(answer) && status === 404) return pageGap(answer, asked);
  if (status === 404)
    return vaultGap('absent', `The address ${asked.path} is not known to this version of Secret Server`);
  return deniedGap(answer, asked);
}

function deniedGap({ status, text, route }: Answer, { path, sealed }: Asked): GapError {
  const words = wordsOf(text);
  const said = vendorWords(words?.message ?? words?.error ?? `HTTP ${status}`, sealed);
  if (words?.errorCode !== 'API_AccessDenied')
    return vaultGap('denied', `Secret Server refused ${path}: ${said}`);
  const may = route.needs ? `: the reader's role may lack “${route.needs}”, or` : ':';
  return vaultGap(
    'denied',
    `Secret Server refused ${path}${may} it does not exist or is not shared with the reader`,
  );
}

function pageGap({ status, text, type }: Answer, { url, path }: Asked): GapError {
  const what = /<html|<!doctype/i.test(text)
    ? 'a web page'
    : `something that is no JSON (${vendorWords(type) || 'no type'})`;
  return vaultGap('malformed', `The address ${path} answered with ${what} (HTTP ${status})${pathHint(url)}`);
}

function raise(error: GapError): never {
  throw error;
}
