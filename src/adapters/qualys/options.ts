import type { Refusals } from '../../ports/refusals.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Turns } from '../../ports/turns.ts';

/** How one Qualys platform is reached: `url` is its API server, such as `https://qualysapi.qg2.apps.qualys.com`. */
export type QualysOptions = {
  url: string;
  username: string;
  password: () => string;
  /** Own authorities in PEM, trusted beside the usual ones (private platforms). */
  caPem?: string | undefined;
  /** URL of a proxy that speaks CONNECT. */
  proxy?: string | undefined;
  /** Lets the password travel over `http:` to a host that is not this machine. */
  allowInsecure?: boolean;
  /** The vendor counts requests over all of a subscription: ours go one at a time to each API, over all processes. */
  turns: Turns;
  refusals: Refusals;
  /** How long an answer is kept. Default 2 minutes; 0 keeps none. */
  keepMs?: number;
  /** How long one request may take, body included. Default 30 s: long lists take their time. */
  requestTimeoutMs?: number;
  pauses?: Partial<Pauses>;
  telemetry?: Telemetry | undefined;
  now: () => number;
};

export const defaultKeepMs = 120_000;
export const defaultRequestTimeoutMs = 30_000;

/** The pauses before a request is tried again; when they are used up, it is not. */
export type Pauses = {
  /** Another request of the subscription runs (code 1960): the vendor tells no time, so these are ours. */
  busyMs: readonly number[];
  /** After an error of the server, or a cut connection. */
  failingMs: readonly number[];
};

export const defaultPauses: Pauses = { busyMs: [1000, 2000, 4000, 8000], failingMs: [200, 800] };
