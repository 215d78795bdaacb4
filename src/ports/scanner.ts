import type {
  AuthenticationRecord,
  FailedAuthentication,
  Scan,
  ScannedHost,
  ScannerAppliance,
  VaultLogin,
  VaultRecord,
} from '../domain/evidence/qualys.ts';
import type { Instant } from '../domain/instant.ts';
import type { RunScope } from './run-scope.ts';

/** An answer and when it was given: answers are kept for minutes, since the vendor counts requests by the hour. */
export type Dated<T> = { readAt: Instant; found: T };

/**
 * Qualys, asked in our words and never changed. Every method throws GapError. Whoever shares a subscription asks one
 * at a time. Not in it: any password (some of the vendor's lists carry them; they are dropped as they are read).
 */
export type Scanner = {
  /** Records of vaults of Secret Server's type, by whatever name the vendor has for it. */
  vaultRecords(): Promise<Dated<VaultRecord[]>>;
  vaultLogin(recordId: number): Promise<Dated<VaultLogin>>;
  /** The records of one type (`windows`, `unix`) that take their password from a vault. */
  authenticationRecords(type: string): Promise<Dated<AuthenticationRecord[]>>;
  appliances(): Promise<Dated<ScannerAppliance[]>>;
  /** Scans launched since then, perhaps some that are up to an hour older. */
  scans(since: Instant): Promise<Dated<Scan[]>>;
  /** Hosts with these addresses (single or `a-b`). Throws `truncated` when they are more than are read. */
  hosts(targets: readonly string[]): Promise<Dated<ScannedHost[]>>;
  failedAuthentications(
    targets: readonly string[],
    qids: readonly number[],
  ): Promise<Dated<FailedAuthentication[]>>;
};

/** Opens the scanner for one run. What outlives a run (kept answers, connections, told waits) stays inside. */
export type OpenScanner = (run: RunScope) => Scanner;
