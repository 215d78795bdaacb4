/** Rows that what happens leaves behind. `at` is epoch milliseconds. */
export type SecretAudit = {
  id: number;
  at: number;
  secretId: number;
  action: string;
  userName: string;
  displayName: string;
  notes: string;
  ticketNumber: string | null;
  /** Heartbeat and password-changer lines, shown only when asked for. */
  isPasswordChangeLog: boolean;
};

export type UserAudit = {
  id: number;
  at: number;
  action: string;
  notes: string;
  from: string | null;
  /** null: Secret Server itself (`ThycoticSystem`). */
  byUserId: number | null;
  affectedUserId: number;
};

export type ConfigurationAudit = { at: number; action: string; displayName: string; notes: string };

export type FolderAudit = {
  at: number;
  folderId: number;
  action: string;
  displayName: string;
  notes: string;
};

/**
 * Something that Secret Server would send as an event. Ids and action words are those of the vendor's syslog list;
 * `by` is null where Secret Server acts itself; `from` is then null too.
 */
export type WorldEvent = {
  at: number;
  eventId: number;
  entity: 'USER' | 'SECRET' | 'CONFIGURATION' | 'FOLDER' | 'System Log';
  action: string;
  actionDisplay: string;
  by: { id: number; userName: string; displayName: string } | null;
  item: { id: number; name: string } | null;
  container: { id: number; name: string } | null;
  from: string | null;
  details: string;
};
