import { Agent, fetch } from 'undici';
import type { SecretServerSimulator } from '../../../src/sandbox/secret-server/simulator.ts';

type Row = Record<string, unknown>;

/** `body` is the JSON of the answer; empty where there is none. */
export type Heard = {
  status: number;
  type: string;
  text: string;
  header: (name: string) => string | null;
  body: Row & { records: Row[] };
};

/** A plain client of the simulator, without any manners: the tests ask what they want. */
export function clientOf(vault: Pick<SecretServerSimulator, 'url' | 'caPem' | 'reader'>) {
  const dispatcher = new Agent({ connect: { ca: vault.caPem } });
  const ask = async (
    path: string,
    init: { method?: string; body?: string; token?: string } = {},
  ): Promise<Heard> => {
    const response = await fetch(vault.url + path, {
      method: init.method ?? 'GET',
      dispatcher,
      redirect: 'manual',
      ...(init.body === undefined ? {} : { body: init.body }),
      headers: {
        ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
        ...(init.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      type,
      text,
      header: (name) => response.headers.get(name),
      body: type.includes('json') && text !== '' ? JSON.parse(text) : { records: [] },
    };
  };
  const logIn = (over: Record<string, string> = {}) =>
    ask('/oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', ...vault.reader, ...over }).toString(),
    });
  const session = async () => {
    const { body } = await logIn();
    const token = String(body.access_token);
    return { token, get: (path: string) => ask(`/api${path}`, { token }) };
  };
  return { ask, logIn, session, close: () => dispatcher.destroy() };
}
