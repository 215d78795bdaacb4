import { z } from 'zod';
import { Instant } from '../instant.ts';
import { AccessEntry } from './secret.ts';

/**
 * What port 80 of the vault's host answers to a plain request.
 * `closed`: nothing listens there or lets us through. `redirects`: it sends the caller to https. `page`: anything else.
 */
export const PlainHttp = z.strictObject({
  host: z.string(),
  state: z.enum(['closed', 'redirects', 'page']),
  detail: z.string(),
});
export type PlainHttp = z.infer<typeof PlainHttp>;

/** HTTP Strict Transport Security as configured; `maxAgeSeconds` null where the server does not tell. */
export const StrictTransport = z.strictObject({
  enabled: z.boolean(),
  maxAgeSeconds: z.int().nullable(),
});
export type StrictTransport = z.infer<typeof StrictTransport>;

/** Where the secret lies; null: in no folder. */
export const SecretFolder = z.strictObject({ path: z.string() }).nullable();
export type SecretFolder = z.infer<typeof SecretFolder>;

/**
 * The access list of the configured folder; null where none is configured. `readerId`: the reader's own user, null
 * where the server does not tell.
 */
export const FolderAccess = z
  .strictObject({ path: z.string(), entries: z.array(AccessEntry), readerId: z.int().nullable() })
  .nullable();
export type FolderAccess = z.infer<typeof FolderAccess>;

export const FolderAuditRow = z.strictObject({
  at: Instant,
  /** The vendor's word for the action. */
  text: z.string(),
  notes: z.string(),
  by: z.string(),
});
export type FolderAuditRow = z.infer<typeof FolderAuditRow>;

/** The rows of the secret's folder within the window, newest first; null for a secret that inherits nothing from one. */
export const FolderAudit = z.array(FolderAuditRow).nullable();
export type FolderAudit = z.infer<typeof FolderAudit>;
