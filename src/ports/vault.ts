import type { AddressRestriction, UserAction, VaultGroup, VaultUser } from '../domain/evidence/account.ts';
import type { InboxRule, Recipient, SubscribedEvent } from '../domain/evidence/alerts.ts';
import type { FolderAuditRow } from '../domain/evidence/practice.ts';
import type { Health, ReaderLogin, SoapDescription } from '../domain/evidence/reach.ts';
import type {
  AccessEntry,
  ApprovalRule,
  CheckOutState,
  CommentRule,
  SecretAction,
  SecretSummary,
} from '../domain/evidence/secret.ts';
import type { RunScope } from './run-scope.ts';

/**
 * A time as the vault wrote it. Its clock carries no offset: `ms` then counts as if the wall clock were UTC, and only
 * the evidence `vaultClock` can turn it into a moment. `zoned`: it came with an offset and is a moment already.
 */
export type VaultTime = { ms: number; zoned: boolean };

/** A shape of the domain with the vault's own times in place of moments. */
type WithVaultTimes<T, K extends keyof T> = Omit<T, K> & { [P in K]: VaultTime | Extract<T[P], null> };

export type VaultUserRead = WithVaultTimes<VaultUser, 'lastLogin' | 'passwordLastChanged' | 'expires'>;
export type SecretSummaryRead = WithVaultTimes<SecretSummary, 'createdAt' | 'lastPasswordChangeAttempt'>;

export type UserAuditRowRead = {
  at: VaultTime;
  action: UserAction;
  text: string;
  notes: string;
  address: string | null;
  by: string;
};
export type SecretAuditRowRead = {
  at: VaultTime;
  action: SecretAction;
  text: string;
  notes: string;
  username: string;
  displayName: string;
};

export type FolderAuditRowRead = WithVaultTimes<FolderAuditRow, 'at'>;

/** A group that is told of events; `isGroup` false: the personal group of one user. */
export type Subscriber = { groupId: number; name: string; isGroup: boolean };
export type EventSubscriptionRead = { name: string; events: SubscribedEvent[]; subscribers: Subscriber[] };

/** How far back a trail is read: rows older than `since` (the vault's wall clock, as in VaultTime) end it. */
export type TrailRange = {
  since: VaultTime['ms'];
  /** Back to here no row may be missing: up to 100,000 are read for it. */
  whole?: VaultTime['ms'];
};

/** `until`: the newest row of this kind is the answer, and what came before it need not be read. */
export type SecretTrailRange = TrailRange & {
  includePasswordLog?: boolean;
  until?(row: SecretAuditRowRead): boolean;
};

/** Rows newest first. `cut`: the limit of rows (5,000, or that of `whole`) was met before `since`; the rest is not known. */
export type Trail<R> = { rows: R[]; cut: boolean };

/** What the health check tells of the vault's clocks; null where it does not answer or leaves them out. */
export type VaultNow = { now: VaultTime; utcNow: VaultTime };

/** Configuration values that rules ask for. Null: this server does not tell. */
export type VaultConfiguration = {
  webServicesEnabled: boolean | null;
  directApiPrevented: boolean | null;
  twoFactorForWebServices: boolean | null;
  maximumLoginFailures: number | null;
  approvalForced: boolean | null;
  duplicateNamesAllowed: boolean | null;
  forceHttps: boolean | null;
  hstsEnabled: boolean | null;
  hstsMaxAgeSeconds: number | null;
  viewIntervalMinutes: number | null;
  serverTimeZone: string | null;
  syslog: {
    enabled: boolean;
    server: string | null;
    port: number | null;
    protocol: string | null;
    timeZone: string | null;
  } | null;
};

export type VaultFolder = { id: number; path: string; inheritsPermissions: boolean };

/** A user of the vault by name alone: enough to ask for what hangs on it. */
export type VaultAccount = Pick<VaultUserRead, 'id' | 'username' | 'domain'>;

/**
 * Secret Server, asked in our words. Everything is read as the reader account. Every method throws GapError, and
 * `denied` also stands for "does not exist", since the vendor answers both alike.
 * Not in it: a secret's fields, check-out or check-in, any change, any password.
 */
export type Vault = {
  /** Anonymous, at the scanner URL. Silence is a value here. */
  health(): Promise<Health>;
  /** The clocks of the last health answer at the reader's URL. */
  now(): Promise<VaultNow | null>;
  /** Anonymous, at the scanner URL. */
  soapDescription(): Promise<SoapDescription>;
  /**
   * Logs the reader in, or tells how its login ended before. A refusal is a value; no answer is a gap.
   * `requestedAt`: our own clock when the token in use was asked for, perhaps by an earlier run.
   */
  signIn(): Promise<ReaderLogin & { requestedAt: number | null }>;
  /** The reader as a user of the vault: its id, and the role permissions it holds in the vendor's words. */
  self(): Promise<{ id: number; permissions: string[] }>;

  configuration(): Promise<VaultConfiguration>;
  unlimitedAdministration(): Promise<boolean>;

  /** Users of this login name in any domain, disabled ones too, by what the search alone shows of them. */
  accountsNamed(username: string): Promise<VaultAccount[]>;
  /** As `accountsNamed`, with all that is judged of each: one call more. */
  usersNamed(username: string): Promise<VaultUserRead[]>;
  groupsOf(userId: number): Promise<VaultGroup[]>;
  /** Roles held directly or through groups. */
  rolesOf(userId: number): Promise<{ id: number; name: string }[]>;
  permissionsOf(roleId: number): Promise<string[]>;
  restrictionsOfUser(userId: number): Promise<AddressRestriction[]>;
  restrictionsOfGroup(groupId: number): Promise<AddressRestriction[]>;
  auditOfUser(userId: number, range: TrailRange): Promise<Trail<UserAuditRowRead>>;
  groupsNamed(name: string): Promise<VaultGroup[]>;

  /** Secrets of exactly this name but for case; inactive, restricted and DoubleLocked ones too. */
  secretsNamed(name: string): Promise<SecretSummaryRead[]>;
  /** Active secrets in the folder and below it. */
  secretsIn(folderId: number): Promise<SecretSummaryRead[]>;
  /** The folder of this path (`\A\B`), or null when the reader sees none. */
  folderAt(path: string): Promise<VaultFolder | null>;
  folder(id: number): Promise<VaultFolder>;
  accessOfSecret(secretId: number): Promise<AccessEntry[]>;
  accessOfFolder(folderId: number): Promise<AccessEntry[]>;
  /** The settings that `/state` and the access options tell: approval, comment, check-out. */
  approvalRule(secretId: number): Promise<ApprovalRule>;
  commentRule(secretId: number): Promise<CommentRule>;
  checkOutState(secretId: number): Promise<CheckOutState>;
  auditOfSecret(secretId: number, range: SecretTrailRange): Promise<Trail<SecretAuditRowRead>>;
  auditOfFolder(folderId: number, range: TrailRange): Promise<Trail<FolderAuditRowRead>>;

  /** The active event subscriptions. Throws `truncated` beyond 100. */
  eventSubscriptions(): Promise<EventSubscriptionRead[]>;
  /** The people whom a subscriber stands for, and whether e-mail can reach them. */
  peopleOf(subscriber: Subscriber): Promise<Recipient[]>;
  /** The active rules of the inbox. Throws `absent` for a server without an inbox. */
  inboxRules(): Promise<InboxRule[]>;
};

/** Opens the vault for one run. What outlives a run (the token, kept connections, the limit of requests at once) stays inside. */
export type OpenVault = (run: RunScope) => Vault;
