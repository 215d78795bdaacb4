import { z } from 'zod';
import * as account from './account.ts';
import * as alerts from './alerts.ts';
import * as directory from './directory.ts';
import * as practice from './practice.ts';
import * as qualys from './qualys.ts';
import * as reach from './reach.ts';
import * as secret from './secret.ts';

/**
 * Every piece of evidence that a rule may ask for, by name. Plain JSON throughout, so that evidence can be saved and
 * judged again. A key without a reading in `app/readings` does not compile.
 */
export const evidence = {
  /** The reader's own login at Secret Server. */
  readerLogin: reach.ReaderLogin,
  resolution: reach.Resolution,
  connection: reach.Connection,
  certificate: reach.Certificate,
  health: reach.Health,
  soapDescription: reach.SoapDescription,
  /** The application setting "Enable Webservices". */
  webServicesSetting: z.boolean(),
  siteReach: reach.SiteReach,

  vaultClock: account.VaultClock,
  readerSeenFrom: account.ReaderSeenFrom,
  scanUsers: account.ScanUsers,
  scanUserGroups: account.ScanUserGroups,
  scanUserRoles: account.ScanUserRoles,
  scanUserRestrictions: account.ScanUserRestrictions,
  scanUserAudits: account.ScanUserAudits,
  scanGroup: account.ScanGroup,
  /** Failed logins after which an account is locked. */
  maximumLoginFailures: z.int(),
  /** Whether two-factor is required for web services. */
  twoFactorForWebServices: z.boolean(),
  /** Whether only application accounts may log in to the API. */
  directApiPrevented: z.boolean(),
  /** Whether unlimited administration is switched on. */
  unlimitedAdministration: z.boolean(),

  secretMatches: secret.SecretMatches,
  /** The one secret of the asked name. */
  secret: secret.SecretSummary,
  secretAccess: secret.SecretAccess,
  approvalRule: secret.ApprovalRule,
  /** The global setting that takes approval exemptions back. */
  approvalForced: z.boolean(),
  checkOutState: secret.CheckOut,
  commentRule: secret.CommentRule,
  secretAudit: secret.SecretAudit,
  /** Minutes in which repeated views leave one audit row. */
  viewIntervalMinutes: z.int(),

  /** Whether Secret Server is set to force HTTPS. */
  httpsForced: z.boolean(),
  /** Null: not asked, since HTTPS is forced. */
  plainHttp: practice.PlainHttp.nullable(),
  strictTransport: practice.StrictTransport,
  /** Whether a folder may hold two secrets of one name. */
  duplicateNamesAllowed: z.boolean(),
  secretFolder: practice.SecretFolder,
  folderAccess: practice.FolderAccess,
  folderAudit: practice.FolderAudit,

  eventSubscriptions: alerts.EventSubscriptions,
  inboxRules: alerts.InboxRules,
  syslogForwarding: alerts.SyslogForwarding,
  lastEvent: alerts.LastEvent,

  vaultRecords: qualys.VaultRecords,
  authenticationRecords: qualys.AuthenticationRecords,
  scannerAppliances: qualys.ScannerAppliances,
  scans: qualys.Scans,
  scannedHosts: qualys.ScannedHosts,
  failedAuthentications: qualys.FailedAuthentications,

  directoryDomain: directory.DirectoryDomain,
  targetAccount: directory.TargetAccount,
  scanDirectoryAccounts: directory.ScanDirectoryAccounts,
  secretPassword: directory.SecretPassword,
} as const;

export type EvidenceKey = keyof typeof evidence;
export type Evidence = { [K in EvidenceKey]: z.infer<(typeof evidence)[K]> };

export const evidenceKeys = Object.keys(evidence) as EvidenceKey[];
