import { defineCheck } from '../../domain/check.ts';
import type { ScanUsers, VaultUser } from '../../domain/evidence/account.ts';
import type { SecretAuditRow } from '../../domain/evidence/secret.ts';
import type { Gap } from '../../domain/gap.ts';
import { minuteMs, moment } from '../../domain/instant.ts';
import { accountLabel, leftBy, ofAccount, perhapsLeftBy } from '../../domain/scan-account.ts';
import { type EndedScan, finishedScansWith } from '../../domain/scan-use.ts';
import { type Account, type Settings, windowStart } from '../../domain/settings.ts';
import { ifKnown, type Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

export const secretViewed = defineCheck({
  id: 'secret-viewed',
  section: 'secret',
  title: 'The scan account has viewed it',
  why: "A view in the secret's audit is the proof that a scan fetched the credential: nothing else shows it.",
  remedy:
    'Start an authenticated scan in Qualys with the record that names this secret, then run the check again.',
  blocking: false,
  needs: ['secretAudit'],
  wants: ['scanUsers', 'viewIntervalMinutes', 'scans', 'authenticationRecords', 'vaultRecords'],
  judge({ secretAudit, scanUsers, viewIntervalMinutes, ...sources }, context) {
    const { settings, secret } = context;
    const start = windowStart(context);
    const views = secretAudit.filter((row) => isView(row) && row.at >= start);
    const [view] = viewsOf(views, scanUsers, settings);
    const [scan] = finishedScansWith(secret, sources, settings).filter((one) => one.endedAt <= context.at);
    const answer = view && viewed(view, scan, { secret, intervalMinutes: ifKnown(viewIntervalMinutes) });
    if (answer?.verdict === 'pass') return answer;
    const later = views.filter((row) => !view || row.at > view.row.at);
    const open = openViews(later, scanUsers, settings);
    if (open) return open;
    if (answer) return answer;
    const text = `No scan account has viewed “${secret}” since ${moment(start)}`;
    const seen = fact('secretAudit' as const, text);
    return scan
      ? fail(`${text}, although ${scanText(scan)}.`, [seen, scanFact(scan)])
      : warn(`${text}.`, [seen]);
  },
});

function isView({ action }: SecretAuditRow): boolean {
  return action === 'viewed' || action === 'password-displayed';
}

/** The views that were a scan account's, newest first. */
function viewsOf(views: readonly SecretAuditRow[], users: Told<ScanUsers>, settings: Settings): View[] {
  return settings.scanAccounts
    .flatMap((account) => {
      const user = ifKnown(ofAccount(users, account)) ?? null;
      return views
        .filter((row) => leftBy(row, { account, user, settings }))
        .map((row) => ({ row, label: accountLabel(account) }));
    })
    .sort((a, b) => b.row.at - a.row.at);
}

/**
 * A name without its domain is told apart by the display name, and some versions write no name but that one, which
 * others may bear: where it settles nothing, nobody knows whose view it was.
 */
function openViews(
  views: readonly SecretAuditRow[],
  users: Told<ScanUsers>,
  { scanAccounts }: Settings,
): Judgement<'secretAudit'> | undefined {
  for (const account of scanAccounts) {
    const told = ofAccount(users, account);
    const row = views.find((one) => mayBeBy(one, account, told));
    if (!row) continue;
    const who = row.username || row.displayName || 'Somebody';
    const text = `${who} viewed it at ${moment(row.at)}; whether that was ${accountLabel(account)} is not known`;
    return unknown(['gap' in told ? told.gap : nameless], [fact('secretAudit', text)]);
  }
  return undefined;
}

function mayBeBy(row: SecretAuditRow, account: Account, told: Told<VaultUser | null>): boolean {
  if ('gap' in told) return row.username === '' || perhapsLeftBy(row, account);
  return row.username === '' && row.displayName === told.known?.displayName;
}

const nameless: Gap = {
  source: 'secret-server',
  cause: 'absent',
  detail: "The secret's audit shows a view without the user name of who viewed it.",
};

type View = { row: SecretAuditRow; label: string };

/**
 * A scan fetches the secret as it starts, and repeated views within the interval leave one row. So a view from the
 * interval before its launch on is the scan's own, however long it ran.
 */
function viewed(
  { row, label }: View,
  scan: EndedScan | undefined,
  { secret, intervalMinutes }: { secret: string; intervalMinutes: number | undefined },
): Judgement<'secretAudit' | 'scans'> {
  const text = `${label} viewed “${secret}” at ${moment(row.at)} (${row.text})`;
  const isUnseen =
    scan !== undefined &&
    intervalMinutes !== undefined &&
    row.at + intervalMinutes * minuteMs < scan.launchedAt;
  if (!isUnseen) return pass(fact('secretAudit', text));
  return warn(
    `${scanText(scan, true)}, and no scan account has viewed “${secret}” since ${moment(row.at)}.`,
    [fact('secretAudit', text), scanFact(scan)],
    'See in the results of that scan why it did not fetch the credential (Scans > the scan > View > Appendix).',
  );
}

function scanText({ title, launchedAt, endedAt }: EndedScan, atStart = false): string {
  const the = atStart ? 'The' : 'the';
  return `${the} scan “${title}” of its hosts ran from ${moment(launchedAt)} to ${moment(endedAt)}`;
}

function scanFact(scan: EndedScan) {
  return fact('scans' as const, `${scanText(scan, true)}; scans by group or tag are not counted`);
}
