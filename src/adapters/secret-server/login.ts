import type { RunScope } from '../../ports/run-scope.ts';
import { isJson, jsonOf, read, wordsOf } from './answers.ts';
import { vendorWords } from './gaps.ts';
import type { SecretServerOptions } from './options.ts';
import { readerRefusals, refusalKind } from './refusal.ts';
import { Token } from './schemas/token.ts';
import { askSoap } from './soap.ts';
import type { Answer, Wire } from './wire.ts';

export type Session = { token: string; requestedAt: number; endsAt: number };
export type Login = { session: Session } | { refused: { text: string; remembered: boolean } };

/**
 * The reader's login, with what is remembered of earlier refusals. A refusal of the account is never tried again with
 * the same password. One of unclear reason is tried again only when the SOAP address describes itself: then web
 * services are on, and were perhaps off before. Throws GapError when there is no answer either way.
 */
export function readerLogin(options: SecretServerOptions, wire: Wire): (run: RunScope) => Promise<Login> {
  const { now } = options;
  const refused = readerRefusals(options);
  const servesNow = async (run: RunScope) => (await askSoap(wire, 'reader', run)).state === 'described';
  const recall = async (run: RunScope) => {
    const lasting = await refused.recall();
    if (lasting !== null) return lasting;
    const open = await refused.recall('unclear');
    return open !== null && !(await servesNow(run)) ? open : null;
  };
  const remember = async (text: string, run: RunScope) => {
    const kind = refusalKind(text);
    if (kind === 'service') return;
    const lasting = kind === 'account' || (await servesNow(run));
    await (lasting ? refused.remember(text) : refused.remember(text, 'unclear'));
  };
  const logIn = async (run: RunScope): Promise<Login> => {
    const before = await recall(run);
    if (before !== null) return { refused: { text: before, remembered: true } };
    const requestedAt = now();
    const answer = await wire.send(tokenRequest(options), run);
    const text = refusalText(answer, options.reader.password());
    if (text !== null) {
      await remember(text, run);
      return { refused: { text, remembered: false } };
    }
    const asked = { url: options.url, path: 'oauth2/token', sealed: [options.reader.password()] };
    const { token, lifeMs } = read(Token, jsonOf(answer, asked), asked.path);
    return { session: { token, requestedAt, endsAt: requestedAt + lifeMs } };
  };
  const { turns } = options;
  // Whoever waited for the turn finds the refusal that the one before met.
  return turns ? (run) => turns.hold(turnOf(options), run.signal, () => logIn(run)) : logIn;
}

/** One turn per account. The password is not in the name, which is clear text in Redis. */
function turnOf({ url, reader }: SecretServerOptions): string {
  return ['login', url, reader.domain ?? '', reader.username].join(' ').toLowerCase();
}

function tokenRequest({ reader }: SecretServerOptions) {
  const { username, domain } = reader;
  const form = {
    grant_type: 'password',
    username,
    password: reader.password(),
    ...(domain ? { domain } : {}),
  };
  return { side: 'reader', method: 'POST', path: '/oauth2/token', form } as const;
}

/** The vendor's words where the login was refused. Its status is 400 by inference, so 401 and 403 count too. */
function refusalText(answer: Answer, password: string): string | null {
  if (![400, 401, 403].includes(answer.status) || !isJson(answer)) return null;
  const words = wordsOf(answer.text);
  return vendorWords(words?.error ?? words?.message ?? `HTTP ${answer.status}`, [password]);
}
