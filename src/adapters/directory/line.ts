import { connect as connectPlainly, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import { Client } from 'ldapts';
import { trusting } from '../http/trust.ts';
import { type ActiveDirectoryOptions, defaultConnectTimeoutMs, defaultRequestTimeoutMs } from './options.ts';

/** The library's client, and what it does not tell: what came over its sockets and whether they are still there. */
export type Line = {
  client: Client;
  /** Verified against the usual authorities and our own, for the name that the URL has. */
  trust: ConnectionOptions;
  /** Bytes that came since `clear` was last called. */
  heard(): number;
  clear(): void;
  /** The connection has ended. The library would dial again by itself, and then without a login. */
  isCut(): boolean;
  /** Says goodbye where it can, and ends the sockets. */
  close(): void;
  /** Ends the sockets at once: what is waited for fails. */
  cut(): void;
};

/** A client that has not dialled yet. Both of its time-outs are set: without them it waits without limit. */
export function openLine(options: ActiveDirectoryOptions): Line {
  const url = new URL(options.url);
  const trust = trustOf(url, options.caPem);
  const seen = watch();
  const client = new Client({
    url: options.url,
    timeout: options.requestTimeoutMs ?? defaultRequestTimeoutMs,
    connectTimeout: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
    ...(isSecure(url) ? { tlsOptions: trust } : {}),
    createConnection: ((port: number, host: string) =>
      seen.keep(connectPlainly(port, host), 'connect')) as typeof connectPlainly,
    createSecureConnection: ((...dialled: Parameters<typeof connectSecurely>) =>
      seen.keep(connectSecurely(...dialled), 'secureConnect')) as typeof connectSecurely,
  });
  return {
    client,
    trust,
    ...seen,
    close() {
      client.unbind().catch(() => undefined);
      seen.end();
    },
  };
}

export function isSecure(url: URL): boolean {
  return url.protocol === 'ldaps:';
}

function trustOf({ hostname }: URL, caPem: string | undefined): ConnectionOptions {
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    // A server name is a name: addresses are not allowed there.
    ...(isIP(host) ? {} : { servername: host }),
    secureContext: trusting(caPem, { minVersion: 'TLSv1.2' }),
    // Said aloud, since an environment variable could turn it off.
    rejectUnauthorized: true,
  };
}

/** Counts what comes over sockets, the last of which speaks: StartTLS puts a second one over the first. */
function watch() {
  const sockets: Socket[] = [];
  let bytes = 0;
  return {
    keep<S extends Socket>(socket: S, ready: 'connect' | 'secureConnect'): S {
      const count = (data: Buffer) => {
        if (sockets.at(-1) === socket) bytes += data.length;
      };
      sockets.push(socket);
      bytes = 0;
      socket.on('error', () => undefined);
      socket.once(ready, () => socket.on('data', count));
      return socket;
    },
    heard: () => bytes,
    clear() {
      bytes = 0;
    },
    isCut: () => sockets.some((socket) => socket.destroyed || socket.readableEnded),
    end() {
      for (const socket of sockets.toReversed()) socket.destroySoon();
    },
    cut() {
      for (const socket of sockets.toReversed()) socket.destroy();
    },
  };
}
