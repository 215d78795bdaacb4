import { z } from 'zod';
import { Instant } from '../instant.ts';
import { told } from '../told.ts';

/** Answers of Qualys are kept for minutes: `readAt` is when Qualys gave this one. */
const read = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ readAt: Instant, ...shape });

/** Where a vault record points and as whom the appliance logs in there. Never its password. */
export const VaultLogin = z.strictObject({
  url: z.string(),
  username: z.string(),
  domain: z.string().nullable(),
});
export type VaultLogin = z.infer<typeof VaultLogin>;

/** A record of Qualys that names a vault of Secret Server's type. `lastModified` moves on any edit. */
export const VaultRecord = z.strictObject({
  id: z.int(),
  title: z.string(),
  lastModified: Instant.nullable(),
  modifiedBy: z.string().nullable(),
});
export type VaultRecord = z.infer<typeof VaultRecord>;

/** The vault records that count. Null: no Qualys is configured. */
export const VaultRecords = read({
  records: z.array(z.strictObject({ record: VaultRecord, login: told(VaultLogin) })),
}).nullable();
export type VaultRecords = z.infer<typeof VaultRecords>;

/**
 * A record of how hosts are logged in to, with the password from a vault. `targets` are addresses and ranges as
 * written; empty where the hosts are named another way (tags, groups).
 */
export const AuthenticationRecord = z.strictObject({
  id: z.int(),
  type: z.string(),
  title: z.string(),
  username: z.string().nullable(),
  domain: z.string().nullable(),
  vaultId: z.int().nullable(),
  vaultTitle: z.string().nullable(),
  secretName: z.string().nullable(),
  targets: z.array(z.string()),
  lastModified: Instant.nullable(),
});
export type AuthenticationRecord = z.infer<typeof AuthenticationRecord>;

/** One answer per configured record type. Null: no Qualys is configured. */
export const AuthenticationRecords = read({
  types: z.array(z.strictObject({ type: z.string(), told: told(z.array(AuthenticationRecord)) })),
}).nullable();
export type AuthenticationRecords = z.infer<typeof AuthenticationRecords>;

/** A scanning machine as Qualys shows it. `lastConnected` null: never, or not told. */
export const ScannerAppliance = z.strictObject({
  name: z.string(),
  online: z.boolean(),
  /** The vendor's word. */
  status: z.string(),
  heartbeatsMissed: z.int().nullable(),
  lastConnected: Instant.nullable(),
  pollingSeconds: z.int().nullable(),
  addresses: z.array(z.string()),
});
export type ScannerAppliance = z.infer<typeof ScannerAppliance>;

export const ScannerAppliances = read({ appliances: z.array(ScannerAppliance) });
export type ScannerAppliances = z.infer<typeof ScannerAppliances>;

/** One scan. `targets` as written; a scan by group or tag has none that can be read as addresses. */
export const Scan = z.strictObject({
  title: z.string(),
  state: z.enum(['finished', 'running', 'other']),
  launchedAt: Instant,
  durationMs: z.int().nullable(),
  targets: z.array(z.string()),
});
export type Scan = z.infer<typeof Scan>;

/** Scans launched within the window. Null: no Qualys is configured. */
export const Scans = read({ scans: z.array(Scan) }).nullable();
export type Scans = z.infer<typeof Scans>;

/** When a host was last scanned, and last scanned with a login that worked; null where never, or not told. */
export const ScannedHost = z.strictObject({
  address: z.string(),
  scannedAt: Instant.nullable(),
  authenticatedAt: Instant.nullable(),
});
export type ScannedHost = z.infer<typeof ScannedHost>;

/** The hosts of all authentication records of this vault. */
export const ScannedHosts = read({ hosts: z.array(ScannedHost) });
export type ScannedHosts = z.infer<typeof ScannedHosts>;

export const FailedAuthentication = z.strictObject({
  address: z.string(),
  qid: z.int(),
  lastFoundAt: Instant.nullable(),
});
export type FailedAuthentication = z.infer<typeof FailedAuthentication>;

/** What scans noted on those hosts as a failed login, by the configured QIDs. */
export const FailedAuthentications = read({ failures: z.array(FailedAuthentication) });
export type FailedAuthentications = z.infer<typeof FailedAuthentications>;
