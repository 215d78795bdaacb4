import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { Endpoint, Network } from '../../ports/network.ts';
import { dial } from './dial.ts';
import { inTime, type Patience } from './patience.ts';

type Answer = Awaited<ReturnType<Network['plainHttp']>>;
type Asked = Patience & { sent(): void };

/**
 * Asks for `/` without encryption, login or cookie, and reads status and headers alone. A port that takes the
 * connection and answers nothing serves no page, so it counts as closed. Redirects are not followed.
 */
export async function askInClear(endpoint: Endpoint, asked: Asked): Promise<Answer> {
  const { socket, dialled } = await dial(endpoint, asked);
  if (!socket) return { state: 'closed', detail: dialled.detail };
  try {
    asked.sent();
    const answer = await inTime(answerOn(socket, endpoint.host), asked);
    return answer ?? { state: 'closed', detail: `no answer within ${asked.timeoutMs / 1000} s` };
  } finally {
    socket.destroy();
  }
}

function answerOn(socket: Socket, host: string): Promise<Answer> {
  return new Promise((resolve) => {
    const asking = request({ createConnection: () => socket, host, path: '/', headers: { host } });
    asking.on('response', (response) => {
      response.on('error', () => undefined).destroy();
      resolve(judged(response.statusCode ?? 0, response.headers.location ?? ''));
    });
    asking.on('error', () => resolve({ state: 'closed', detail: 'it does not speak HTTP' }));
    asking.end();
  });
}

function judged(status: number, location: string): Answer {
  const redirects = status >= 300 && status < 400 && /^https:/i.test(location);
  if (redirects) return { state: 'redirects', detail: `it redirects to https (HTTP ${status})` };
  // What IIS says where a site is set to require SSL.
  if (status === 403) return { state: 'closed', detail: 'it refuses plain HTTP (HTTP 403)' };
  return { state: 'page', detail: `it answers with HTTP ${status}` };
}
