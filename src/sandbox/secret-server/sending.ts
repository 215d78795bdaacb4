import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { absent, distort, nothing, wrongType } from './distortion.ts';
import { page, type Reply, rendered } from './replies.ts';
import type { Failure } from './switches.ts';

export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  headers: Record<string, string>;
};

/** Sends the reply, or what the failure makes of it. Resolves when it is sent; a hanging one never answers. */
export async function send(exchange: Exchange, reply: Reply, failure: Failure | undefined): Promise<void> {
  const { response } = exchange;
  if (failure?.kind === 'hang') return;
  if (failure?.kind === 'refuse') {
    exchange.request.socket.destroy();
    return;
  }
  if (failure?.kind === 'slow') await wait(failure.delayMs, undefined, { ref: false });
  const final = failure ? altered(reply, failure) : reply;
  const { type, body } = rendered(final);
  response.writeHead(final.status, {
    ...exchange.headers,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...final.headers,
  });
  if (failure?.kind === 'half-body') breakOff(response, body);
  else response.end(body);
}

function breakOff(response: ServerResponse, body: string): void {
  response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
}

function altered(reply: Reply, failure: Failure): Reply {
  if (failure.kind === 'status') return refusal(failure);
  if (failure.kind === 'html') return page(failure.status ?? 200, 'Sign in', 'Please sign in to continue.');
  if (failure.kind === 'redirect') {
    return { ...page(302, 'Object moved'), headers: { location: failure.to } };
  }
  if (!('json' in reply)) return reply;
  if (failure.kind === 'wrong-types') return changed(reply, wrongType, failure.names);
  if (failure.kind === 'null-fields') return changed(reply, nothing, failure.names);
  return failure.kind === 'missing-fields' ? changed(reply, absent, failure.names) : reply;
}

function changed(
  reply: Reply & { json: unknown },
  how: (value: unknown) => unknown,
  names?: string[],
): Reply {
  return { ...reply, json: distort(reply.json, how, names) };
}

function refusal({ status, retryAfterSeconds, body }: Extract<Failure, { kind: 'status' }>): Reply {
  return {
    status,
    json: body ?? { message: 'An error has occurred.' },
    ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  };
}
