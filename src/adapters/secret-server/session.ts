import type { RunScope } from '../../ports/run-scope.ts';
import { vaultGap } from './gaps.ts';
import { type Login, readerLogin, type Session } from './login.ts';
import type { SecretServerOptions } from './options.ts';
import type { Wire } from './wire.ts';

/** A token is left alone this long before it ends, so that none runs out on its way. */
const marginMs = 30_000;

export type Sessions = {
  /** The kept login, or a new one. All who ask at once share one request. */
  open(run: RunScope): Promise<Login>;
  /** Gives up a token that the server no longer takes. */
  drop(session: Session): void;
  /** The token in use, for taking it out of the vendor's words. */
  sealed(): string[];
  /** Ends the token at the server. */
  close(): Promise<void>;
};

export function openSessions(options: SecretServerOptions, wire: Wire): Sessions {
  const logIn = readerLogin(options, wire);
  let kept: Session | undefined;
  let pending: Promise<Login> | undefined;
  /** Who began it may give up before the others: the login obeys its own time limit and no run's. */
  const start = async ({ sent }: RunScope) => {
    const login = await logIn({ sent, signal: new AbortController().signal });
    if ('session' in login) kept = login.session;
    return login;
  };
  return {
    open(run) {
      if (kept && kept.endsAt - marginMs > options.now()) return Promise.resolve({ session: kept });
      pending ??= start(run).finally(() => {
        pending = undefined;
      });
      return orDeadline(pending, run.signal);
    },
    drop(session) {
      if (kept === session) kept = undefined;
    },
    sealed: () => [options.reader.password(), ...(kept ? [kept.token] : [])],
    async close() {
      const session = kept;
      kept = undefined;
      if (!session) return;
      const run = { sent: () => undefined, signal: AbortSignal.timeout(3000) };
      const path = '/api/v1/oauth-expiration';
      // Best effort: a token that is not ended here runs out by itself.
      await wire
        .send({ side: 'reader', method: 'POST', path, bearer: session.token }, run)
        .catch(() => undefined);
    },
  };
}

function orDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = () => vaultGap('timed-out', 'The login did not end before the deadline of the run');
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(late());
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
