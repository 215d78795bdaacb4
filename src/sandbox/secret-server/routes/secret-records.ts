import { accountName, folderPath } from '../world/find.ts';
import type { Secret } from '../world/secrets.ts';
import type { SecretAudit } from '../world/trail.ts';
import { type Ask, time } from './route.ts';

type Row = Record<string, unknown>;

/** `isRestricted` counts check-out too, as the recorded samples show. */
export function secretSummary(ask: Ask, secret: Secret): Row {
  const { checkOut } = secret;
  return {
    id: secret.id,
    name: secret.name,
    secretTemplateId: secret.templateId,
    secretTemplateName: secret.templateName,
    folderId: secret.folderId,
    siteId: 1,
    active: secret.active,
    checkedOut: checkOut.byUserId !== null,
    isRestricted: isRestricted(secret) || checkOut.enabled,
    isOutOfSync: secret.isOutOfSync,
    outOfSyncReason: secret.outOfSyncReason,
    lastHeartBeatStatus: secret.heartbeat,
    lastPasswordChangeAttempt: time(ask, secret.lastPasswordChangeAttemptAt),
    responseCodes: null,
    lastAccessed: secret.lastAccessedAt === null ? null : time(ask, secret.lastAccessedAt),
    extendedFields: null,
    checkOutEnabled: checkOut.enabled,
    autoChangeEnabled: false,
    doubleLockEnabled: secret.doubleLock,
    requiresApproval: secret.requiresApproval,
    requiresComment: secret.requiresComment,
    inheritsPermissions: secret.inheritsPermissions,
    hidePassword: secret.hidePassword,
    createDate: time(ask, secret.createdAt),
    daysUntilExpiration: secret.daysUntilExpiration,
    ...byGeneration(ask, secret),
  };
}

/** A recorded 10.9 summary has no `hasLauncher`; the 2026 document knows who holds the secret. */
function byGeneration(ask: Ask, secret: Secret): Row {
  const { generation } = ask.profile;
  if (generation === '10.9') return {};
  const launcher = { hasLauncher: secret.hasLauncher };
  if (generation === '11.2') return launcher;
  const holder = ask.world.users.find(({ id }) => id === secret.checkOut.byUserId);
  return {
    ...launcher,
    checkOutUserId: holder?.id ?? null,
    checkOutUserName: holder ? accountName(ask.world, holder) : null,
    folderPath: folderPath(ask.world, secret.folderId),
  };
}

/** What a search leaves out unless `includeRestricted` is sent. */
export function isRestricted(secret: Secret): boolean {
  return secret.doubleLock || secret.requiresApproval || secret.requiresComment;
}

/** What the calling reader would meet; the check-out fields are facts about the secret. */
export function secretState(ask: Ask, secret: Secret): Row {
  const { world } = ask;
  const { checkOut } = secret;
  const holder = world.users.find(({ id }) => id === checkOut.byUserId);
  const isHeld = holder !== undefined;
  return {
    id: secret.id,
    secretName: secret.name,
    folderId: secret.folderId,
    folderName: folderPath(world, secret.folderId).split('\\').at(-1) ?? '',
    secretState: stateWord(secret),
    isActive: secret.active,
    isCheckedOut: isHeld || null,
    checkedOutUserId: holder?.id ?? null,
    checkedOutUserDisplayName: holder?.displayName ?? null,
    isCheckedOutByCurrentUser: isHeld ? holder.id === ask.caller.id : null,
    checkOutIntervalMinutes: checkOut.enabled
      ? (checkOut.intervalMinutes ?? world.settings.defaultCheckOutMinutes)
      : null,
    checkOutMinutesRemaining:
      checkOut.until === null ? null : Math.ceil((checkOut.until - world.now()) / 60_000),
    passwordChangePending: secret.passwordChangePending,
    approvalEnd: null,
    remainingTimeWarningMinuteMarker: null,
    warningMinutesRemaining: null,
    role: null,
    availableActions: null,
    actions: ['ViewAudit', 'ViewGeneralDetails', 'ViewShare', 'ViewSecurity'],
  };
}

function stateWord(secret: Secret): string {
  if (!secret.active) return 'RequiresUndelete';
  if (secret.doubleLock) return 'RequiresDoubleLockPassword';
  if (secret.requiresApproval) return 'RequiresApproval';
  if (secret.checkOut.enabled && secret.passwordChangePending) return 'RequiresCheckoutPendingRPC';
  if (secret.checkOut.enabled)
    return secret.requiresComment ? 'RequiresCheckoutAndComment' : 'RequiresCheckout';
  return secret.requiresComment ? 'RequiresComment' : 'None';
}

/** Days, hours and minutes are the parts of one interval. */
export function accessOptions(ask: Ask, secret: Secret): Row {
  const interval = secret.checkOut.intervalMinutes;
  const minutes = interval ?? ask.world.settings.defaultCheckOutMinutes;
  return {
    enableRequiresApprovalForAccess: secret.requiresApproval,
    editorsAlsoRequireApproval: secret.editorsAlsoRequireApproval,
    ownersAndApproversAlsoRequireApproval: secret.ownersAndApproversAlsoRequireApproval,
    requireCheckout: secret.checkOut.enabled,
    isDefaultCheckoutInterval: interval === null,
    customCheckoutIntervalDays: interval === null ? null : Math.floor(minutes / 1440),
    customCheckoutIntervalHours: interval === null ? null : Math.floor((minutes % 1440) / 60),
    customCheckoutIntervalMinutes: interval === null ? null : minutes % 60,
    enableDoubleLock: secret.doubleLock,
    requireCommentTicketNumber: secret.requiresComment,
  };
}

const viewLike = /^(VIEW|PASSWORD DISPLAYED)$/;

/** Rows carry neither a user id nor an address. */
export function secretAudit(ask: Ask, audit: SecretAudit): Row {
  const prefix = viewLike.test(audit.action) ? ask.profile.secretActionPrefix : '';
  return {
    id: audit.id,
    action: prefix + audit.action,
    actionForDisplay: prefix + audit.action,
    byUserDisplayName: audit.displayName,
    username: audit.userName,
    dateRecorded: time(ask, audit.at),
    notes: audit.notes,
    status: '',
    ticketNumber: audit.ticketNumber,
    databaseName: null,
    hasProxySessionData: false,
    recordingMessage: null,
    recordingSessionId: null,
    recordingStatus: null,
  };
}
