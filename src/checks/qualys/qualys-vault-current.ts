import { applianceAt, sharedAddress } from '../../domain/appliance-address.ts';
import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { ScanUserAudits, UserAuditRow, VaultClock } from '../../domain/evidence/account.ts';
import type { Gap } from '../../domain/gap.ts';
import { type Instant, minuteMs, moment } from '../../domain/instant.ts';
import { failuresSince, loginsIn } from '../../domain/logins.ts';
import { type PasswordChange, passwordChangeOf } from '../../domain/password-change.ts';
import { accountLabel, ofAccount } from '../../domain/scan-account.ts';
import { type ReadRecord, recordsAs, recordsHere } from '../../domain/scanner-records.ts';
import { type Account, type Context, windowStart } from '../../domain/settings.ts';
import { ifKnown, type Told } from '../../domain/told.ts';
import { dateBlurMs } from '../../domain/vault-clock.ts';
import { fact, fail, type Judgement, pass, skipped, unknown } from '../../domain/verdict.ts';
import { withoutQualys } from '../../domain/without-qualys.ts';

type Key = 'vaultRecords' | 'scanUsers' | 'scanUserAudits' | 'scanDirectoryAccounts';
type Answer = Judgement<Key>;

/** What the account's audit tells. `latest` login of an appliance; null where the audit could not be read. */
type Uses = { latest: UserAuditRow | undefined; failedAfter: boolean; lastLogin: Instant | null };
type Held = {
  label: string;
  record: ReadRecord['record'];
  change: PasswordChange;
  /** The vault's clock: what its dates are read with. */
  clock: Told<VaultClock>;
  uses: Told<Uses>;
  since: Instant;
};

export const qualysVaultCurrent = defineCheck({
  id: 'qualys-vault-current',
  section: 'qualys',
  title: "The vault record is newer than the account's password",
  why: 'Qualys keeps its own copy of the scan account’s password in the vault record: after a change elsewhere it sends the old one, again and again.',
  remedy:
    'Set the current password of the scan account in the vault record in Qualys (Scans > Authentication > Vaults).',
  blocking: true,
  needs: ['vaultRecords'],
  wants: ['scanUsers', 'scanUserAudits', 'scanDirectoryAccounts', 'readerSeenFrom', 'vaultClock'],
  exempt: withoutQualys,
  judge({ vaultRecords, readerSeenFrom, vaultClock: clock, ...sources }, context) {
    const { settings } = context;
    const here = recordsHere(vaultRecords, settings);
    const shared = sharedAddress(readerSeenFrom, settings.appliances) !== undefined;
    return worstOf(
      settings.scanAccounts.flatMap((account): Answer[] => {
        const label = accountLabel(account);
        const records = recordsAs(account, here, settings);
        if (records.length === 0) return [skipped(`No vault record carries ${label}.`)];
        const change = passwordChangeOf(account, sources);
        const uses = usesOf(account, sources.scanUserAudits, { context, shared });
        const [user] = [ifKnown(ofAccount(sources.scanUsers, account))];
        const told =
          'known' in uses ? { known: { ...uses.known, lastLogin: user?.lastLogin ?? null } } : uses;
        const since = windowStart(context);
        return records.map(({ record }) => judged({ label, record, change, clock, uses: told, since }));
      }),
    );
  },
});

/** Without an appliance's address, or behind a proxy, any login counts: see account-logs-in. */
function usesOf(
  account: Account,
  audits: Told<ScanUserAudits>,
  { context, shared }: { context: Context; shared: boolean },
): Told<Uses> {
  const rows = ofAccount(audits, account);
  if ('gap' in rows) return rows;
  const appliances = shared ? [] : context.settings.appliances.filter((one) => one.addresses.length > 0);
  const isAppliance = (row: UserAuditRow) =>
    appliances.length === 0 || applianceAt(row.address, appliances) !== undefined;
  const logins = loginsIn(rows.known, context);
  const latest = logins.successes.find(isAppliance);
  const failures = failuresSince({ successes: latest ? [latest] : [], failures: logins.failures });
  return { known: { latest, failedAfter: failures.length > 0, lastLogin: null } };
}

/** Two systems write these times: a change that came within this after the edit may have come before it. */
const skewMs = 5 * minuteMs;

function judged(held: Held): Answer {
  const { change, record, clock } = held;
  if (change.at === null || record.lastModified === null) return byLogin(held);
  const laterMs = change.at - record.lastModified;
  if ('gap' in clock && change.about === 'scanUsers' && Math.abs(laterMs) <= dateBlurMs(clock))
    return byLogin({ ...held, change: { ...change, gaps: [clock.gap, ...change.gaps] } });
  if (laterMs > skewMs) return outdated(held, change.at, record.lastModified);
  if (laterMs > 0) return together(held, change.at, record.lastModified);
  return change.isWhole ? edited(held, change.at, record.lastModified) : byLogin(held);
}

/** Where the directory tells of the change, its clock is not the one that logins are written with. */
function surelyAfter({ about }: PasswordChange, changedAt: Instant): Instant {
  return about === 'scanDirectoryAccounts' ? changedAt + skewMs : changedAt;
}

function tooClose(label: string, loginAt: Instant, changedAt: Instant): Gap {
  const detail = `${label} logged in at ${moment(loginAt)}, within minutes of the change of its password in the directory at ${moment(changedAt)}: two clocks do not tell which came first. The next login will.`;
  return { source: 'directory', cause: 'absent', detail };
}

/** Both within minutes, by two clocks: a login after the change shows that the edit brought the new password. */
function together({ label, record, change, uses }: Held, changedAt: Instant, editedAt: Instant): Answer {
  if ('gap' in uses) return unknown([uses.gap]);
  const { latest, failedAfter } = uses.known;
  if (latest && latest.at > surelyAfter(change, changedAt) && !failedAfter)
    return pass(loggedIn(label, latest));
  const detail = `The password of ${label} changed at ${moment(changedAt)}, and “${record.title}” was edited at ${moment(editedAt)}: two clocks do not tell which came first. The next login will.`;
  return unknown([{ source: 'qualys', cause: 'absent', detail }]);
}

function edited({ label, record, change }: Held, changedAt: Instant, editedAt: Instant): Answer {
  return pass(
    fact(
      'vaultRecords',
      `“${record.title}” was edited at ${moment(editedAt)}; an edit does not prove that the password was set`,
    ),
    fact(change.about, `The password of ${label} last changed at ${moment(changedAt)}`),
  );
}

function outdated(held: Held, changedAt: Instant, editedAt: Instant): Answer {
  const { label, record, change, uses, since } = held;
  const facts = [
    fact(change.about, `The password of ${label} changed at ${moment(changedAt)}`),
    fact('vaultRecords', `“${record.title}” was last edited at ${moment(editedAt)}`),
  ] as const;
  if ('gap' in uses) return unknown([uses.gap], facts);
  const { latest, lastLogin } = uses.known;
  if (latest && latest.at > surelyAfter(change, changedAt)) return pass(loggedIn(label, latest), ...facts);
  if (latest && latest.at > changedAt) return unknown([tooClose(label, latest.at, changedAt)], facts);
  // A login before the window is not in the audit that was read.
  if (changedAt < since && (lastLogin === null || lastLogin > changedAt))
    return unknown([loginsUnread(label, since)], facts);
  const text = `The password of ${label} changed at ${moment(changedAt)}, after the last edit of “${record.title}” at ${moment(editedAt)}, and no login of an appliance followed: Qualys still sends the old one.`;
  return fail(text, facts);
}

/** Only a login shows that both sides have the same password. */
function byLogin({ label, record, change, uses }: Held): Answer {
  if ('gap' in uses) return unknown([...untold(label, record, change), uses.gap] as [Gap, ...Gap[]]);
  const { latest, failedAfter } = uses.known;
  if (latest && !failedAfter) return pass(loggedIn(label, latest));
  const [first, ...rest] = untold(label, record, change);
  return unknown([first, ...rest], latest ? [loggedIn(label, latest)] : []);
}

function loggedIn(label: string, { at, address }: UserAuditRow) {
  const from = address ?? 'no recorded address';
  return fact<Key>('scanUserAudits', `${label} logged in at ${moment(at)} from ${from}`);
}

function untold(
  label: string,
  record: Held['record'],
  { gaps, isWhole, at }: PasswordChange,
): [Gap, ...Gap[]] {
  const [first, ...rest] = gaps;
  if (first) return [first, ...rest];
  if (record.lastModified === null && at !== null) {
    const detail = `Qualys does not tell when “${record.title}” was last edited.`;
    return [{ source: 'qualys', cause: 'absent', detail }];
  }
  const why = isWhole ? '' : ' Configure the directory that holds the account, or wait for its next login.';
  const detail = `It is not known when the password of ${label} last changed.${why}`;
  return [{ source: 'secret-server', cause: 'absent', detail }];
}

function loginsUnread(label: string, since: Instant): Gap {
  const detail = `Logins of ${label} before ${moment(since)} are not read, and none was seen since.`;
  return { source: 'secret-server', cause: 'absent', detail };
}
