import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

/** One thing that must be there for the service to be of use. `detail` says what is wrong, or null. */
export type Readiness = { name: string; detail: string | null };

export type OpsServer = { port: number; close(): Promise<void> };

type Options = {
  host: string;
  port: number;
  metrics: Metrics;
  /** Asked at each request: the real state, not what it was at start. */
  readiness(): Promise<readonly Readiness[]>;
};

/** `/healthz`, `/readyz` and `/metrics`. A busy port is an error that names the variable to set. */
export async function opsServer(options: Options): Promise<OpsServer> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => response.writeHead(500).end());
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(options, error)));
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenProblem({ host, port }: Options, error: NodeJS.ErrnoException): Error {
  const why =
    error.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${error.code ?? error.message})`;
  return new Error(
    `${host}:${port}, the address of health and metrics, ${why}: set VAULTCHECK_OPS_ADDRESS to another host:port, or to off`,
  );
}

async function answer(options: Options, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return end(response, 405, 'text/plain', 'Only GET is answered.\n');
  switch (new URL(request.url ?? '/', 'http://ops').pathname) {
    case '/healthz':
      return json(response, 200, { alive: true });
    case '/readyz': {
      const parts = await options.readiness();
      const ready = parts.every(({ detail }) => detail === null);
      return json(response, ready ? 200 : 503, { ready, parts });
    }
    case '/metrics': {
      const { text, contentType } = await options.metrics.page();
      return end(response, 200, contentType, text);
    }
    default:
      return end(response, 404, 'text/plain', 'There are /healthz, /readyz and /metrics here.\n');
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  end(response, status, 'application/json', `${JSON.stringify(body)}\n`);
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
