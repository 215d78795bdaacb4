import type { PlainHttp } from '../domain/evidence/practice.ts';
import type { ConnectionState, Handshake } from '../domain/evidence/reach.ts';
import type { RunScope } from './run-scope.ts';

/** A host and a port of the way to Secret Server. */
export type Endpoint = { host: string; port: number };

/**
 * What the network says from where this process stands. Outcomes are values, since in section 1 not answering is the
 * fact; only the run's deadline is a gap. Not in it: logins, or anything sent over an encrypted connection.
 */
export type Network = {
  /** The addresses of a name, or the resolver's reason (`failure`). */
  resolve(host: string): Promise<{ addresses: string[]; failure: string | null }>;
  /** A bare TCP connection, closed at once. */
  connect(endpoint: Endpoint): Promise<Dialled>;
  /** A TLS handshake for `host`, trusting the integration's own authorities. Throws `unreachable` without a connection. */
  handshake(endpoint: Endpoint): Promise<Handshake>;
  /** What answers an anonymous plain HTTP request for `/` there. */
  plainHttp(endpoint: Endpoint): Promise<Pick<PlainHttp, 'state' | 'detail'>>;
};

export type Dialled = { state: ConnectionState; detail: string };

export type OpenNetwork = (run: RunScope) => Network;
