export type SecretRight = 'List' | 'View' | 'Edit' | 'Owner';
export type FolderRight = 'View' | 'Edit' | 'Add Secret' | 'Owner';

export type Principal = { kind: 'user' | 'group'; id: number };

export type Permission = {
  id: number;
  principal: Principal;
  secretRight: SecretRight;
  /** Meant on folders only. */
  folderRight: FolderRight;
};

export type Folder = {
  id: number;
  name: string;
  /** `notSet` at the root. */
  parentId: number;
  inheritsPermissions: boolean;
  permissions: Permission[];
};

export type HeartbeatStatus =
  | 'Failed'
  | 'Success'
  | 'Pending'
  | 'Disabled'
  | 'UnableToConnect'
  | 'UnknownError'
  | 'IncompatibleHost'
  | 'AccountLockedOut'
  | 'DnsMismatch'
  | 'UnableToValidateServerPublicKey'
  | 'Processing'
  | 'ArgumentError'
  | 'AccessDenied';

export type CheckOut = {
  enabled: boolean;
  changePasswordOnCheckIn: boolean;
  /** null: the server's default. */
  intervalMinutes: number | null;
  /** Who holds it now, and until when. */
  byUserId: number | null;
  until: number | null;
};

/** One entry. `fields` are what nobody but a viewer may see: each holds the world's canary. */
export type Secret = {
  id: number;
  name: string;
  templateId: number;
  templateName: string;
  folderId: number;
  active: boolean;
  createdAt: number;
  inheritsPermissions: boolean;
  permissions: Permission[];
  fields: Record<string, string>;
  passwordChangedAt: number;
  lastPasswordChangeAttemptAt: number | null;
  passwordChangePending: boolean;
  daysUntilExpiration: number | null;
  hasLauncher: boolean;
  hidePassword: boolean;
  doubleLock: boolean;
  requiresApproval: boolean;
  editorsAlsoRequireApproval: boolean;
  ownersAndApproversAlsoRequireApproval: boolean;
  requiresComment: boolean;
  checkOut: CheckOut;
  heartbeat: HeartbeatStatus;
  isOutOfSync: boolean;
  outOfSyncReason: string;
  lastAccessedAt: number | null;
};
