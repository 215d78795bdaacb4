import { accountName } from './account-name.ts';
import { type Book, toldOf } from './book.ts';
import type { UserAuditRow } from './evidence/account.ts';
import type { DirectoryAccount } from './evidence/directory.ts';
import type { Gap } from './gap.ts';
import type { Incident } from './incident.ts';
import { hourMs, type Instant } from './instant.ts';
import { accountLabel, ofAccount } from './scan-account.ts';
import { recordsAs, recordsHere } from './scanner-records.ts';
import type { Account, Settings } from './settings.ts';
import { gapsOf, knownOf, type Told } from './told.ts';

/** What speaks for one cause or another, as far as it could be read. */
export type CauseFacts = {
  incident: Incident;
  settings: Settings;
  /** Whether the account's audit could be read: without it nothing is known of who else failed or logged in. */
  auditRead: boolean;
  /** Failed logins about the time of the incident, newest first, and all logins of the window. */
  failures: readonly UserAuditRow[];
  logins: readonly UserAuditRow[];
  /** When the account's password last changed, and where; null where no source tells. */
  passwordChanged: { at: Instant; where: string } | null;
  /** The vault record of Qualys that logs in as this account. */
  record: { title: string; editedAt: Instant | null } | null;
  /** Ranges that the account may log in from; empty: no restriction. Null: could not be read. */
  allowed: readonly string[] | null;
  /** Other scan accounts with failures at the same time. */
  alsoFailing: readonly string[];
  gaps: readonly Gap[];
};

/** Failures this long before the incident belong to it. */
const beforeMs = hourMs;

export function causeFacts(book: Book, incident: Incident, settings: Settings): CauseFacts {
  const account = settings.scanAccounts.find((one) => accountLabel(one) === incident.account);
  if (!account) return nothing(incident, settings);
  const audit = ofAccount(toldOf(book, 'scanUserAudits'), account);
  const user = ofAccount(toldOf(book, 'scanUsers'), account);
  const restrictions = ofAccount(toldOf(book, 'scanUserRestrictions'), account);
  const records = toldOf(book, 'vaultRecords');
  const directory = toldOf(book, 'scanDirectoryAccounts');
  const [rows = []] = knownOf([audit]);
  return {
    incident,
    settings,
    auditRead: 'known' in audit,
    failures: failuresIn(rows, incident),
    logins: newestFirst(rows.filter((row) => row.action === 'login')),
    passwordChanged: passwordChange(book, account),
    record: recordOf(book, account, settings),
    allowed: allowedBy(book, account),
    alsoFailing: othersFailing(book, incident, settings),
    gaps: gapsOf([audit, user, restrictions, records, directory, inDirectory(book, account)]).filter(
      ({ cause }) => cause !== 'not-configured',
    ),
  };
}

function nothing(incident: Incident, settings: Settings): CauseFacts {
  const none = { auditRead: false, failures: [], logins: [], alsoFailing: [], gaps: [] };
  return { incident, settings, ...none, passwordChanged: null, record: null, allowed: null };
}

function failuresIn(rows: readonly UserAuditRow[], { since }: Incident): UserAuditRow[] {
  return newestFirst(rows.filter((row) => row.action === 'login-failure' && row.at >= since - beforeMs));
}

/** The newest change that any source tells of: Secret Server's user, its audit, the directory. */
function passwordChange(book: Book, account: Account): CauseFacts['passwordChanged'] {
  const [user] = knownOf([ofAccount(toldOf(book, 'scanUsers'), account)]);
  const rows = knownOf([ofAccount(toldOf(book, 'scanUserAudits'), account)]).flat();
  const changes = rows.filter((row) => row.action === 'password-changed').map((row) => row.at);
  const [found = null] = knownOf([inDirectory(book, account)]);
  const all = [
    ...[user?.passwordLastChanged ?? null, ...changes].map((at) => ({ at, where: 'Secret Server' })),
    { at: found?.passwordLastSet ?? null, where: 'the directory' },
  ];
  const known = all.flatMap(({ at, where }) => (at === null ? [] : [{ at, where }]));
  return known.sort((a, b) => b.at - a.at)[0] ?? null;
}

/** What the directory tells of one account; one that has no domain is none of its. */
function inDirectory(book: Book, account: Account): Told<DirectoryAccount | null> {
  const told = toldOf(book, 'scanDirectoryAccounts');
  if ('gap' in told || told.known === null || accountName(account).domain === null) return { known: null };
  return ofAccount({ known: told.known }, account);
}

/** Of several records that log in as the account, the one edited longest ago sends the oldest password. */
function recordOf(book: Book, account: Account, settings: Settings): CauseFacts['record'] {
  const [records = null] = knownOf([toldOf(book, 'vaultRecords')]);
  const own = recordsAs(account, recordsHere(records, settings), settings).map(({ record }) => record);
  const [oldest] = own.sort((a, b) => (a.lastModified ?? Infinity) - (b.lastModified ?? Infinity));
  return oldest ? { title: oldest.title, editedAt: oldest.lastModified } : null;
}

function allowedBy(book: Book, account: Account): string[] | null {
  const [known] = knownOf([ofAccount(toldOf(book, 'scanUserRestrictions'), account)]);
  if (!known) return null;
  return [...known.own, ...known.groups.flatMap(({ ranges }) => ranges)].map(({ range }) => range);
}

function othersFailing(book: Book, incident: Incident, settings: Settings): string[] {
  return settings.scanAccounts
    .filter((one) => accountLabel(one) !== incident.account)
    .filter((one) => {
      const rows = knownOf([ofAccount(toldOf(book, 'scanUserAudits'), one)]).flat();
      return failuresIn(rows, incident).length > 0;
    })
    .map(accountLabel);
}

function newestFirst(rows: readonly UserAuditRow[]): UserAuditRow[] {
  return [...rows].sort((a, b) => b.at - a.at);
}
