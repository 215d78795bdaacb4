import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from './engine.ts';
import { answerApi, answerResponseUrl } from './web-api/answer.ts';
import type { Lanes } from './web-api/lanes.ts';

/** Answers what is not Slack's API: the page and its calls. */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface WebAddress {
  readonly host: string;
  readonly port: number;
}

/** The one HTTP server of a workspace: Web API, response URLs, socket upgrades, and the page in front. */
export function slackWeb(engine: Engine, lanes: Lanes, front: Front): Server {
  const server = createServer((request, response) => {
    route(engine, lanes, front, request)(response).catch((error: unknown) => fail(response, error));
  });
  server.on('upgrade', (request, socket, head) => engine.socket.upgrade(request, socket, head));
  return server;
}

function route(engine: Engine, lanes: Lanes, front: Front, request: IncomingMessage) {
  return (response: ServerResponse): Promise<void> => {
    const url = request.url ?? '';
    if (url.startsWith('/api/')) return answerApi(engine, lanes, request, response);
    if (/^\/(commands|actions)\//.test(url)) return answerResponseUrl(engine, request, response);
    return front(request, response);
  };
}

/** Listens and returns the port that it got. */
export function listen(server: Server, { host, port }: WebAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A body that cannot be read is the caller's mistake; anything else is ours, and says so. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const malformed = error instanceof SyntaxError;
  response.writeHead(malformed ? 200 : 500, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ ok: false, error: malformed ? 'invalid_json' : 'simulator_bug' }));
}
