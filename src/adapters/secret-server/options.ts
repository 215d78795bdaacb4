import type { Refusals } from '../../ports/refusals.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Turns } from '../../ports/turns.ts';

/** How one Secret Server is reached. `url` and `scannerUrl` are what people type, with the path and without `/api`. */
export type SecretServerOptions = {
  url: string;
  /** The address that the appliance uses: asked anonymously only. */
  scannerUrl: string;
  reader: { username: string; domain: string | null; password: () => string };
  /** Own authorities in PEM, trusted beside the usual ones. */
  caPem?: string | undefined;
  /** URL of a proxy that speaks CONNECT. */
  proxy?: string | undefined;
  /** Lets the password travel over `http:` to a host that is not this machine. */
  allowInsecure?: boolean;
  /** Requests at once, over all runs. Default 10, which is less than two browsers open: the calls of one check, in three rounds. */
  concurrency?: number;
  /** How long one request may take, body included. Default 15 s. */
  requestTimeoutMs?: number;
  refusals: Refusals;
  /** Lets one process at a time try a password, so that a refused one is sent once. Absent: this process alone. */
  turns?: Turns;
  telemetry?: Telemetry | undefined;
  now: () => number;
};

export const defaultConcurrency = 10;
export const defaultRequestTimeoutMs = 15_000;
