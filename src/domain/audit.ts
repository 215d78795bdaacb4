import { z } from 'zod';

/** One row of an audit: who did what from where. The public form of `audit --json`. */
export const AuditLine = z.strictObject({
  at: z.iso.datetime(),
  action: z.string(),
  who: z.string(),
  from: z.string().nullable(),
  secret: z.string().nullable(),
  notes: z.string(),
  source: z.enum(['secret-audit', 'user-audit']),
});
export type AuditLine = z.infer<typeof AuditLine>;

/** What an audit asks about: a secret, or an account. */
export const AuditSubject = z.strictObject({ kind: z.enum(['secret', 'account']), name: z.string().min(1) });
export type AuditSubject = z.infer<typeof AuditSubject>;

/** A stored answer. `gaps` say in sentences what could not be read: a short list is never taken for all there is. */
export const AuditAnswer = z.strictObject({
  auditId: z.string(),
  integration: z.string(),
  subject: AuditSubject,
  since: z.iso.datetime(),
  lines: z.array(AuditLine),
  gaps: z.array(z.string()),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;
