import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver } from '@slack/bolt';
import type { SlackAppOptions } from './options.ts';
import { SlackStartFailure } from './start-failure.ts';
import { boltLogger, type Readiness, type Transport } from './transport.ts';

type HttpOptions = Pick<SlackAppOptions, 'log' | 'clock'> & {
  signingSecret: string;
  port: number;
  host?: string;
};

/** Source: docs.slack.dev/authentication/verifying-requests-from-slack. */
const skewAtMostSeconds = 5 * 60;

/**
 * Signed requests at `POST /slack/events`. The server is ours, so that a busy port rejects at once, and requests
 * dated too far ahead are refused: the library looks at the past side alone.
 */
export function signedHttp(options: HttpOptions): Transport & { port(): number } {
  const { signingSecret, log, clock } = options;
  const receiver = new HTTPReceiver({ signingSecret, logger: boltLogger(log) });
  const server = createServer((request, response) => {
    if (dated(request, clock()) > skewAtMostSeconds) refuse(response, 401);
    else pass(receiver, request, response);
  });
  const at: { state: Readiness } = { state: 'starting' };
  return {
    receiver,
    ready: () => at.state,
    port: () => (server.address() as AddressInfo | null)?.port ?? 0,
    async start() {
      await listening(server, options);
      at.state = 'ready';
    },
    async stop() {
      at.state = 'stopped';
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How many seconds ahead of our clock a request is dated; the library refuses what has no date. */
function dated(request: IncomingMessage, nowMs: number): number {
  return Number(request.headers['x-slack-request-timestamp']) - nowMs / 1000;
}

function pass(receiver: HTTPReceiver, request: IncomingMessage, response: ServerResponse): void {
  try {
    receiver.requestListener(request, response);
  } catch {
    // Thrown for every path and method that is not Slack's.
    refuse(response, 404);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' });
  response.end();
}

async function listening(server: Server, { port, host }: HttpOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new SlackStartFailure('PORT', error.code ?? 'no code', true));
    });
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });
}
