import type { Refusals } from '../../ports/refusals.ts';
import type { Telemetry } from '../../ports/telemetry.ts';

/** How one domain controller is reached. `url` is `ldaps://host` or `ldap://host`, with a port where needed. */
export type ActiveDirectoryOptions = {
  url: string;
  /** Encrypts an `ldap:` connection before anything is sent. */
  startTls: boolean;
  /** Where accounts are searched, with all that lies below. */
  baseDn: string;
  /** Our own account: the only one that is ever logged in as. */
  bindDn: string;
  bindPassword: () => string;
  /** Own authorities in PEM, trusted beside the usual ones. */
  caPem?: string | undefined;
  /** Lets the password travel in clear text to a host that is not this machine. */
  allowInsecure?: boolean;
  /** How long a connection may take, its encryption included. Default 5 s. */
  connectTimeoutMs?: number;
  /** How long one answer may take. Default 10 s. */
  requestTimeoutMs?: number;
  refusals: Refusals;
  telemetry?: Telemetry | undefined;
  now: () => number;
};

export const defaultConnectTimeoutMs = 5000;
export const defaultRequestTimeoutMs = 10_000;
