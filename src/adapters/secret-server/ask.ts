import type { z } from 'zod';
import type { RunScope } from '../../ports/run-scope.ts';
import { jsonOf, read, tokenEnded } from './answers.ts';
import { vaultGap } from './gaps.ts';
import type { Session } from './login.ts';
import type { SecretServerOptions } from './options.ts';
import { patiently } from './retry.ts';
import type { Sessions } from './session.ts';
import type { Answer, Query, Wire } from './wire.ts';

export type Parts = { options: SecretServerOptions; wire: Wire; sessions: Sessions };

/** Asks as the reader, for one run. */
export type Ask = {
  /** One answer, in our words. */
  one<S extends z.ZodType>(path: string, schema: S, query?: Query): Promise<z.output<S>>;
  /** As `one`; undefined where this version of the server does not know the path (404). */
  oneIfKnown<S extends z.ZodType>(path: string, schema: S, query?: Query): Promise<z.output<S> | undefined>;
  /** The work of the first who asks under this key in this run, for all. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
};

export function askAs(parts: Parts, run: RunScope): Ask {
  const { options, sessions } = parts;
  const shared = new Map<string, Promise<unknown>>();
  const asked = (path: string) => ({
    url: options.url,
    path: path.replace('/api/', ''),
    sealed: sessions.sealed(),
  });
  const answered = askedTogether((get) => authorised(parts, run, get));
  const oneIfKnown: Ask['oneIfKnown'] = async (path, schema, query) => {
    const answer = await answered({ path, query: query ?? {} });
    if (answer.status === 404) return undefined;
    return read(schema, jsonOf(answer, asked(path)), asked(path).path);
  };
  return {
    oneIfKnown,
    async one(path, schema, query) {
      const answer = await answered({ path, query: query ?? {} });
      return read(schema, jsonOf(answer, asked(path)), asked(path).path);
    },
    once<T>(key: string, work: () => Promise<T>) {
      const begun = (shared.get(key) as Promise<T> | undefined) ?? work();
      shared.set(key, begun);
      return begun;
    },
  };
}

type Get = { path: string; query: Query };

/** The same question while it is under way is sent once: two trails of one secret share the pages that both read. */
function askedTogether(send: (get: Get) => Promise<Answer>): (get: Get) => Promise<Answer> {
  const underWay = new Map<string, Promise<Answer>>();
  return (get) => {
    const key = JSON.stringify([get.path, get.query]);
    const answer = underWay.get(key) ?? send(get).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}

/** A token that the server no longer takes is renewed once, and the question asked once more. */
async function authorised(parts: Parts, run: RunScope, get: Get): Promise<Answer> {
  const session = await sessionOf(parts, run);
  const answer = await asking(parts, run, get, session);
  if (!tokenEnded(answer)) return answer;
  parts.sessions.drop(session);
  return asking(parts, run, get, await sessionOf(parts, run));
}

function asking({ wire, options }: Parts, run: RunScope, get: Get, { token }: Session): Promise<Answer> {
  const request = { side: 'reader', method: 'GET', bearer: token, ...get } as const;
  return patiently(() => wire.send(request, run), { signal: run.signal, now: options.now });
}

async function sessionOf({ sessions }: Parts, run: RunScope): Promise<Session> {
  const login = await sessions.open(run);
  if ('session' in login) return login.session;
  const { text, remembered } = login.refused;
  const again = remembered ? '. It is not tried again until the password changes' : '';
  throw vaultGap('denied', `The reader's login was refused: ${text.replace(/\.$/, '')}${again}`);
}
