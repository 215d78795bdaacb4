import { z } from 'zod';
import type { ApprovalRule, CheckOutState } from '../../../domain/evidence/secret.ts';
import type { SecretSummaryRead } from '../../../ports/vault.ts';
import { countOrNull, flagOrNull, idOrNull, idToldOrNull, timeOrNull, words, wordsOrNull } from './shapes.ts';

/**
 * A secret of the search. The name stays as it is written, since it is compared. The flags that rules judge must be
 * there: a flag that is null is not a flag that is off.
 */
export const SecretRow = z
  .object({
    id: z.int(),
    name: z.string(),
    folderId: idToldOrNull,
    folderPath: wordsOrNull,
    secretTemplateName: words,
    active: z.boolean(),
    checkOutEnabled: z.boolean(),
    checkedOut: z.boolean(),
    requiresApproval: z.boolean(),
    requiresComment: z.boolean(),
    doubleLockEnabled: z.boolean(),
    hidePassword: z.boolean(),
    hasLauncher: flagOrNull,
    inheritsPermissions: z.boolean(),
    lastHeartBeatStatus: z.string(),
    isOutOfSync: z.boolean(),
    outOfSyncReason: words,
    createDate: timeOrNull,
    lastPasswordChangeAttempt: timeOrNull,
  })
  .transform(
    (row): SecretSummaryRead => ({
      id: row.id,
      name: row.name,
      folderId: row.folderId,
      folderPath: row.folderPath,
      template: row.secretTemplateName,
      active: row.active,
      checkOutEnabled: row.checkOutEnabled,
      checkedOut: row.checkedOut,
      requiresApproval: row.requiresApproval,
      requiresComment: row.requiresComment,
      doubleLock: row.doubleLockEnabled,
      hidePassword: row.hidePassword,
      hasLauncher: row.hasLauncher,
      inheritsPermissions: row.inheritsPermissions,
      heartbeat: row.lastHeartBeatStatus,
      outOfSync: row.isOutOfSync,
      outOfSyncReason: row.outOfSyncReason,
      createdAt: row.createDate,
      lastPasswordChangeAttempt: row.lastPasswordChangeAttempt,
    }),
  );

/** What stands between anybody and the secret. */
export const AccessOptions = z
  .object({
    enableRequiresApprovalForAccess: z.boolean(),
    editorsAlsoRequireApproval: z.boolean(),
    ownersAndApproversAlsoRequireApproval: z.boolean(),
    requireCommentTicketNumber: z.boolean(),
  })
  .transform((options) => ({
    approval: {
      required: options.enableRequiresApprovalForAccess,
      editorsAlso: options.editorsAlsoRequireApproval,
      ownersAlso: options.ownersAndApproversAlsoRequireApproval,
    } satisfies ApprovalRule,
    commentOrTicket: options.requireCommentTicketNumber,
  }));

/**
 * The check-out facts of a secret. Its `secretState`, `role` and `actions` speak of the reader alone and are left out.
 * All fields about who holds it are null while nobody does.
 */
export const SecretState = z
  .object({
    isCheckedOut: z.boolean().nullable(),
    checkedOutUserId: idOrNull,
    checkedOutUserDisplayName: wordsOrNull,
    checkOutMinutesRemaining: countOrNull,
    checkOutIntervalMinutes: countOrNull,
    passwordChangePending: flagOrNull,
    secretState: z.string(),
  })
  .transform(
    (state): CheckOutState => ({
      checkedOut:
        state.isCheckedOut ?? (state.checkedOutUserId !== null || state.checkedOutUserDisplayName !== null),
      byUserId: state.checkedOutUserId,
      by: state.checkedOutUserDisplayName,
      minutesLeft: state.checkOutMinutesRemaining,
      intervalMinutes: state.checkOutIntervalMinutes,
      changesPassword: null,
      passwordChangePending:
        state.passwordChangePending ?? state.secretState === 'RequiresCheckoutPendingRPC',
    }),
  );
