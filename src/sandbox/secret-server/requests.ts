import type { IncomingMessage } from 'node:http';

/** One request as it came in; never its body, which may hold a password. */
export type SeenRequest = {
  at: number;
  method: string;
  /** Below the base path, such as `/api/v1/users`; outside of it, the whole path. */
  path: string;
  query: string;
  hasAuthorization: boolean;
  remotePort: number;
};

export type Traffic = {
  requests: SeenRequest[];
  /** What a verifier must never send, with the reason. A test expects this to be empty. */
  forbidden: { request: SeenRequest; why: string }[];
  openConnections: number;
  connections: number;
  openRequests: number;
  maxOpenRequests: number;
};

export function noTraffic(): Traffic {
  return {
    requests: [],
    forbidden: [],
    openConnections: 0,
    connections: 0,
    openRequests: 0,
    maxOpenRequests: 0,
  };
}

export function seen(request: IncomingMessage, base: string): SeenRequest {
  const url = new URL(request.url ?? '/', 'https://localhost');
  const isBelow = url.pathname === base || url.pathname.startsWith(`${base}/`);
  return {
    at: Date.now(),
    method: request.method ?? 'GET',
    path: isBelow ? url.pathname.slice(base.length) || '/' : url.pathname,
    query: url.search,
    hasAuthorization: request.headers.authorization !== undefined,
    remotePort: request.socket.remotePort ?? 0,
  };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
