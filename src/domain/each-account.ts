import type { PerAccount, VaultUser } from './evidence/account.ts';
import type { Gap } from './gap.ts';
import { accountLabel } from './scan-account.ts';
import type { Account } from './settings.ts';
import { type Judgement, unknown, worst } from './verdict.ts';

/** An account that a rule is held against, and how a sentence calls it. */
export type Named = { account: Account; label: string };

/**
 * Holds a rule against each account: the worst answer wins, and an account that could not be looked at is unknown.
 * What is provable against another account stays a fail beside it.
 */
export function eachAccount<T, K extends string>(
  all: PerAccount<T>,
  judge: (known: T, named: Named) => Judgement<K>,
): Judgement<K> {
  return worstOf(
    all.map(({ account, told }) =>
      'gap' in told ? unknown([told.gap]) : judge(told.known, { account, label: accountLabel(account) }),
    ),
  );
}

/** The same for accounts that must exist: one that Secret Server does not know cannot be looked at further. */
export function eachUser<K extends string>(
  all: PerAccount<VaultUser | null>,
  judge: (user: VaultUser, named: Named) => Judgement<K>,
): Judgement<K> {
  return eachAccount(all, (user, named) => (user ? judge(user, named) : unknown([noSuchUser(named)])));
}

/** The worst of clauses, of which there may be none: nothing looked at is unknown. */
export function worstOf<K extends string>(clauses: readonly Judgement<K>[]): Judgement<K> {
  const [first, ...rest] = clauses;
  if (first) return worst([first, ...rest]);
  return unknown([{ source: 'vaultcheck', cause: 'absent', detail: 'There was nothing to look at.' }]);
}

function noSuchUser({ label }: Named): Gap {
  return { source: 'secret-server', cause: 'absent', detail: `Secret Server has no user ${label}.` };
}
