import { accountName, accountText, parseAccountName, sameAccount } from './account-name.ts';
import type { PerAccount, VaultUser } from './evidence/account.ts';
import type { SecretAuditRow } from './evidence/secret.ts';
import type { Account, Settings } from './settings.ts';
import type { Told } from './told.ts';

/** How a scan account is called in a sentence: `CORP\svc-qualys`, or the user name alone for a local one. */
export function accountLabel(account: Account): string {
  return accountText(accountName(account));
}

/** What a list says of one account; a list that leaves it out is a gap, never silence. */
export function ofAccount<T>(list: Told<PerAccount<T>>, account: Account): Told<T> {
  if ('gap' in list) return list;
  const entry = list.known.find((one) => isSame(one.account, account));
  const detail = `Nothing was gathered about ${accountLabel(account)}.`;
  return entry ? entry.told : { gap: { source: 'vaultcheck', cause: 'absent', detail } };
}

/**
 * Whether a row of a secret's audit was left by this account. The row has no user id. A name without a domain may
 * belong to a directory account too: then the display name must agree as well.
 */
export function leftBy(
  row: Pick<SecretAuditRow, 'username' | 'displayName'>,
  { account, user, settings }: { account: Account; user: VaultUser | null; settings: Settings },
): boolean {
  const name = accountName(account);
  const written = parseAccountName(row.username);
  if (sameAccount(written, name, settings.domains)) return true;
  return written.domain === null && isNamesake(written, name) && user?.displayName === row.displayName;
}

/** Whether only the display name of this account, once it can be read, tells if a row was left by it. */
export function perhapsLeftBy(row: Pick<SecretAuditRow, 'username'>, account: Account): boolean {
  const written = parseAccountName(row.username);
  return written.domain === null && isNamesake(written, accountName(account));
}

function isNamesake(one: Account, other: Account): boolean {
  return sameAccount({ ...one, domain: null }, { ...other, domain: null });
}

function isSame(one: Account, other: Account): boolean {
  return one.username === other.username && one.domain === other.domain;
}
