import { parseAccountName } from './account-name.ts';
import type { UserAction, UserAuditRow } from './evidence/account.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { Account } from './settings.ts';
import type { VaultAction } from './vault-event.ts';

/** What Secret Server sends an event of as well, by every name that such an event may have. */
const eventsOf: { readonly [A in UserAction]?: readonly VaultAction[] } = {
  login: ['login'],
  'login-failure': ['login-failed'],
  locked: ['account-locked', 'account-edited'],
  unlocked: ['account-unlocked', 'account-edited'],
  'password-changed': ['password-changed', 'account-edited'],
};

/** An event may carry its sender's time only, which is up to half a minute later, and clocks of nodes differ. */
const apartMs = 90_000;

export type RowOf = { account: Account; row: UserAuditRow };

/** The audit rows that should have come as an event and are not in the journal, oldest first. */
export function rowsWithoutEvent(rows: readonly RowOf[], journal: readonly JournalEntry[]): RowOf[] {
  const told = journal.flatMap(({ account, action, at }) =>
    account === null ? [] : { name: parseAccountName(account).username.toLowerCase(), action, at },
  );
  const came = ({ account, row }: RowOf) =>
    told.some(
      ({ name, action, at }) =>
        name === account.username.toLowerCase() &&
        eventsOf[row.action]?.some((one) => one === action) &&
        Math.abs(at - row.at) <= apartMs,
    );
  return rows
    .filter(({ row }) => eventsOf[row.action] !== undefined)
    .filter((one) => !came(one))
    .sort((a, b) => a.row.at - b.row.at);
}
