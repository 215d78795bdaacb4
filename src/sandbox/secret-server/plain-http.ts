import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { page, rendered } from './replies.ts';

/** The port 80 of the simulated host, on a port of its own. `answers` may be changed while it runs. */
export type PlainHttpPort = {
  port: number;
  answers: 'closed' | 'redirect' | 'page';
  close(): Promise<void>;
};

/** `closed` cuts each connection, since a port that is given back could be somebody else's at once. */
export async function openPlainHttp(secureUrl: () => string): Promise<PlainHttpPort> {
  const server = createServer((_, response) => {
    if (plain.answers === 'redirect') return response.writeHead(301, { location: secureUrl() }).end();
    const { type, body } = rendered(page(200, 'Secret Server Login'));
    return response.writeHead(200, { 'content-type': type }).end(body);
  });
  server.on('connection', (socket) => {
    if (plain.answers === 'closed') socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const plain: PlainHttpPort = {
    port: (server.address() as AddressInfo).port,
    answers: 'closed',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return plain;
}
