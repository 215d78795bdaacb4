import { z } from 'zod';
import { Instant } from '../instant.ts';
import { perAccount } from './account.ts';

/**
 * An account as the directory knows it. Moments are told by our clock: the distance of the directory's own clock is
 * taken off. Never a password, nor anything made of one.
 */
export const DirectoryAccount = z.strictObject({
  /** The logon name (sAMAccountName). */
  name: z.string(),
  enabled: z.boolean(),
  /** Locked now, as the directory computes it: a lock that ran out is none. */
  locked: z.boolean(),
  /** When it was locked; null when it is not. */
  lockedAt: Instant.nullable(),
  /** When the account itself expires; null: never. */
  expires: Instant.nullable(),
  /** The password must be changed at the next logon: its time of change is then not known. */
  mustChangePassword: z.boolean(),
  passwordLastSet: Instant.nullable(),
  passwordExpired: z.boolean(),
  /** When the password expires; null: never, or not known. */
  passwordExpires: Instant.nullable(),
});
export type DirectoryAccount = z.infer<typeof DirectoryAccount>;

/** The domain that is read. `skewMs`: how far its clock is ahead of ours. */
export const DirectoryDomain = z.strictObject({
  dnsName: z.string(),
  skewMs: z.int(),
});
export type DirectoryDomain = z.infer<typeof DirectoryDomain>;

/** The account whose password the secret holds, by its configured name; `found` null: there is none. */
export const TargetAccount = z.strictObject({ name: z.string(), found: DirectoryAccount.nullable() });
export type TargetAccount = z.infer<typeof TargetAccount>;

/**
 * The scan accounts that have a domain; those local to the vault are not in it. `known: null`: the domain has no such
 * account. Null as a whole: no directory is configured.
 */
export const ScanDirectoryAccounts = perAccount(DirectoryAccount.nullable()).nullable();
export type ScanDirectoryAccounts = z.infer<typeof ScanDirectoryAccounts>;

/**
 * When the secret last got a password, by its audit with the password change log, or its creation where that tells
 * nothing; and the newest heartbeats of either outcome that the same rows tell of (null: none of them does).
 */
export const SecretPassword = z.strictObject({
  changedAt: Instant,
  /** What shows it: the vendor's word for the row, or `its creation`. */
  how: z.string(),
  heartbeatSucceededAt: Instant.nullable(),
  heartbeatFailedAt: Instant.nullable(),
});
export type SecretPassword = z.infer<typeof SecretPassword>;
