import type { Filter } from 'ldapts';
import type { GapError } from '../../domain/gap.ts';
import type { RunScope } from '../../ports/run-scope.ts';
import { type RefusedLogins, refusedLogins } from '../refused-logins.ts';
import type { RawEntry } from './entries.ts';
import { refusalCode, refusalWords } from './failures.ts';
import { directoryGap } from './gaps.ts';
import { isSecure, openLine } from './line.ts';
import { operate, type Parts } from './operation.ts';
import { type ActiveDirectoryOptions, defaultRequestTimeoutMs } from './options.ts';

/** A search below a base. No limit of entries goes with it: the library takes a list that was cut for a whole one. */
export type Search = {
  base: string;
  scope: 'base' | 'one' | 'sub';
  filter: Filter;
  attributes: readonly string[];
};

export type Session = { search(search: Search): Promise<RawEntry[]>; isCut(): boolean };

/**
 * A connection that is logged in as our own account, until the run ends. The account and password are those of the
 * options: there is no way to name another. Throws GapError, `denied` for a refused login.
 */
export async function logIn(options: ActiveDirectoryOptions, run: RunScope): Promise<Session> {
  refuseInClear(options);
  const refusals = bindRefusals(options);
  const before = await refusals.recall();
  if (before !== null) throw refusedGap(options, before, true);
  const line = openLine(options);
  const parts = { options, line, run };
  run.signal.addEventListener('abort', line.close, { once: true });
  try {
    if (options.startTls && !isSecure(new URL(options.url)))
      await operate(parts, () => line.client.startTLS(line.trust));
    const refused = await operate(parts, () => bind(parts));
    if (refused !== null) {
      await refusals.remember(refused);
      throw refusedGap(options, refused, false);
    }
  } catch (error) {
    line.close();
    run.signal.removeEventListener('abort', line.close);
    throw error;
  }
  return { isCut: line.isCut, search: (search) => entriesOf(parts, search) };
}

function bindRefusals({ url, bindDn, bindPassword, refusals, now }: ActiveDirectoryOptions): RefusedLogins {
  const account = [url.replace(/\/+$/, ''), bindDn];
  return refusedLogins({ system: 'directory', account, password: bindPassword, refusals, now });
}

/** How the login was refused, in words, or null. */
async function bind({ options, line }: Parts): Promise<string | null> {
  try {
    await line.client.bind(options.bindDn, options.bindPassword());
    return null;
  } catch (error) {
    const code = refusalCode(error);
    if (code === undefined) throw error;
    return refusalWords(code);
  }
}

/** Referrals to other servers come beside the entries, one at the head of every domain: they are not followed. */
async function entriesOf(parts: Parts, search: Search): Promise<RawEntry[]> {
  const { line, options } = parts;
  if (line.isCut()) throw cutGap(options);
  const { searchEntries } = await operate(parts, () =>
    line.client.search(search.base, {
      scope: search.scope,
      filter: search.filter,
      attributes: [...search.attributes],
      derefAliases: 'never',
      timeLimit: Math.ceil((options.requestTimeoutMs ?? defaultRequestTimeoutMs) / 1000),
    }),
  );
  return searchEntries;
}

/** Some servers take an empty password for a login as nobody, and say that it worked. */
function refuseInClear(options: ActiveDirectoryOptions): void {
  const url = new URL(options.url);
  if (options.bindPassword() === '')
    throw directoryGap('not-configured', `The password of ${options.bindDn} is empty: it is not sent`);
  if (isSecure(url) || options.startTls || options.allowInsecure || isLoopback(url.hostname)) return;
  const detail = `${url.host} is set up without ldaps: or startTls: no password is sent in clear`;
  throw directoryGap('not-configured', detail);
}

function isLoopback(host: string): boolean {
  return /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/i.test(host);
}

function refusedGap({ bindDn }: ActiveDirectoryOptions, words: string, remembered: boolean): GapError {
  const again = remembered ? '. It is not tried again until the password changes' : '';
  return directoryGap('denied', `The directory refused the login of ${bindDn}: ${words}${again}`);
}

function cutGap({ url }: ActiveDirectoryOptions): GapError {
  return directoryGap('unreachable', `The directory (${new URL(url).host}) ended the connection`, true);
}
