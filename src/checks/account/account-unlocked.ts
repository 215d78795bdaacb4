import { defineCheck } from '../../domain/check.ts';
import { eachUser, type Named } from '../../domain/each-account.ts';
import type { ScanUserAudits, UserAuditRow, VaultUser } from '../../domain/evidence/account.ts';
import { moment, plural } from '../../domain/instant.ts';
import { addressesOf, failuresSince, loginsIn } from '../../domain/logins.ts';
import { ofAccount } from '../../domain/scan-account.ts';
import type { Context } from '../../domain/settings.ts';
import { ifKnown, type Told } from '../../domain/told.ts';
import { type Fact, fact, fail, type Judgement, pass, warn } from '../../domain/verdict.ts';

type Key = 'scanUsers' | 'scanUserAudits';

export const accountUnlocked = defineCheck({
  id: 'account-unlocked',
  section: 'account',
  title: 'It is not locked out',
  why: 'A locked account is refused at every login. Usually its password was changed without changing it in the Qualys vault record.',
  remedy:
    'Set the current password in the Qualys vault record first, then unlock the account in Secret Server (Administration > Users).',
  blocking: true,
  needs: ['scanUsers'],
  wants: ['maximumLoginFailures', 'scanUserAudits'],
  judge({ scanUsers, maximumLoginFailures, scanUserAudits }, context) {
    const told = ifKnown(maximumLoginFailures);
    const maximum = told !== undefined && told > 0 ? told : undefined;
    return eachUser(scanUsers, (user, named) => {
      const rows = rowsOf(scanUserAudits, named);
      return user.lockedOut ? locked(user, named, rows, context) : open(user, named, maximum);
    });
  },
});

function locked(
  user: VaultUser,
  { label }: Named,
  rows: readonly UserAuditRow[],
  context: Context,
): Judgement<Key> {
  const lock = rows.filter((row) => row.action === 'locked').toSorted((a, b) => b.at - a.at)[0];
  const failures = failuresSince(loginsIn(rows, context));
  const since = lock ? ` since ${moment(lock.at)}` : '';
  const reason = user.lockOutReason ? ` (${user.lockOutReason})` : '';
  const from = failures.length > 0 ? ` Failed logins came from ${addressesOf(failures)}.` : '';
  const seen: Fact<Key>[] = [
    fact('scanUsers', `${label} is locked out${reason}`),
    ...failures.slice(0, 3).map((row) => fact('scanUserAudits', failureText(label, row))),
  ];
  return fail(`${label} is locked out${since}${reason}.${from}`, seen);
}

/** Without a known maximum any failure may be the last but one. */
function open({ loginFailures }: VaultUser, { label }: Named, maximum: number | undefined): Judgement<Key> {
  const of = maximum === undefined ? '' : ` of ${maximum}`;
  const seen = fact('scanUsers', `${label} is not locked; ${plural(loginFailures, 'failed login')}${of}`);
  const limit = maximum === undefined ? 1 : maximum - 1;
  if (loginFailures < limit) return pass(seen);
  const text = maximum === undefined ? 'may lock it (the maximum could not be read)' : 'locks it';
  return warn(
    `${label} has ${plural(loginFailures, 'failed login')}${of}: one more ${text}.`,
    [seen],
    'Find out who logs in with an old password: compare the password in the Qualys vault record with the current one.',
  );
}

function rowsOf(audits: Told<ScanUserAudits>, { account }: Named): readonly UserAuditRow[] {
  return ifKnown(ofAccount(audits, account)) ?? [];
}

function failureText(label: string, row: UserAuditRow): string {
  const reason = row.notes ? `: ${row.notes}` : '';
  return `${label} failed to log in from ${row.address ?? 'no recorded address'} at ${moment(row.at)}${reason}`;
}
