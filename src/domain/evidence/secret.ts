import { z } from 'zod';
import { Instant } from '../instant.ts';
import { told } from '../told.ts';

/** What a search says of one secret: metadata only, never a field. Null where an older server does not tell. */
export const SecretSummary = z.strictObject({
  id: z.int(),
  name: z.string(),
  /** null: in no folder. */
  folderId: z.int().nullable(),
  folderPath: z.string().nullable(),
  template: z.string(),
  active: z.boolean(),
  checkOutEnabled: z.boolean(),
  checkedOut: z.boolean(),
  requiresApproval: z.boolean(),
  requiresComment: z.boolean(),
  doubleLock: z.boolean(),
  hidePassword: z.boolean(),
  hasLauncher: z.boolean().nullable(),
  inheritsPermissions: z.boolean(),
  /** The vendor's word, such as `Success` or `Failed`. */
  heartbeat: z.string(),
  outOfSync: z.boolean(),
  outOfSyncReason: z.string(),
  createdAt: Instant.nullable(),
  lastPasswordChangeAttempt: Instant.nullable(),
});
export type SecretSummary = z.infer<typeof SecretSummary>;

/**
 * All that bear the asked name, also those that differ in case only, and inactive ones.
 * `listed`: whether a scan account may at least List it.
 * `folderSeen`: whether the reader can see the configured folder; null when none is configured.
 */
export const SecretMatches = z.strictObject({
  matches: z.array(z.strictObject({ summary: SecretSummary, listed: told(z.boolean()) })),
  folderSeen: told(z.boolean()).nullable(),
});
export type SecretMatches = z.infer<typeof SecretMatches>;

export const AccessLevel = z.enum(['none', 'list', 'view', 'edit', 'owner']);
export type AccessLevel = z.infer<typeof AccessLevel>;

/** One entry of an access list, on a secret or on a folder. `groupId` or `userId`, whichever it names. */
export const AccessEntry = z.strictObject({
  level: AccessLevel,
  userId: z.int().nullable(),
  groupId: z.int().nullable(),
  /** The name people know it by. */
  principal: z.string(),
  /** Whether it comes from the folder. */
  inherited: z.boolean(),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

/** The effective access list of the secret: its own entries, or its folder's where it inherits. */
export const SecretAccess = z.array(AccessEntry);
export type SecretAccess = z.infer<typeof SecretAccess>;

/** The secret's approval settings. Who the approvers are cannot be read. */
export const ApprovalRule = z.strictObject({
  required: z.boolean(),
  editorsAlso: z.boolean(),
  ownersAlso: z.boolean(),
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;

/** Whether the secret is checked out now, and how check-out is set up. Null where the server does not say. */
export const CheckOutState = z.strictObject({
  checkedOut: z.boolean(),
  byUserId: z.int().nullable(),
  by: z.string().nullable(),
  minutesLeft: z.int().nullable(),
  intervalMinutes: z.int().nullable(),
  changesPassword: z.boolean().nullable(),
  passwordChangePending: z.boolean(),
});
export type CheckOutState = z.infer<typeof CheckOutState>;

/** Null: check-out is off, so there is nothing to ask. */
export const CheckOut = CheckOutState.nullable();
export type CheckOut = z.infer<typeof CheckOut>;

/** What must be typed before the secret is shown. */
export const CommentRule = z.strictObject({ comment: z.boolean(), ticket: z.boolean() });
export type CommentRule = z.infer<typeof CommentRule>;

export const SecretAction = z.enum([
  'viewed',
  'password-displayed',
  'checked-out',
  'checked-in',
  'password-changed',
  'created',
  'edited',
  'deactivated',
  'other',
]);
export type SecretAction = z.infer<typeof SecretAction>;

export const SecretAuditRow = z.strictObject({
  at: Instant,
  action: SecretAction,
  /** The vendor's word for the action. */
  text: z.string(),
  notes: z.string(),
  /** May be `DOMAIN\name`. */
  username: z.string(),
  displayName: z.string(),
});
export type SecretAuditRow = z.infer<typeof SecretAuditRow>;

/** The secret's rows within the window, newest first. A trail that was cut at the row limit is a gap. */
export const SecretAudit = z.array(SecretAuditRow);
export type SecretAudit = z.infer<typeof SecretAudit>;
