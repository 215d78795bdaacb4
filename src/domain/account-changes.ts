import { accountName } from './account-name.ts';
import { type Book, toldOf } from './book.ts';
import { accountChange, type Change } from './changes.ts';
import type { Gap } from './gap.ts';
import { accountLabel, ofAccount } from './scan-account.ts';
import type { Account, Context } from './settings.ts';
import { gapsOf, knownOf } from './told.ts';

/** Changes of a scan account, each by one source, and what that source could not tell. */
type Found = { changes: Change[]; gaps: Gap[] };

/**
 * Secret Server's own word. No time there means that the password was never changed since the account was made; a
 * change within the window has its row in the account's audit besides.
 */
export function passwordChanges(book: Book, account: Account): Found {
  const user = ofAccount(toldOf(book, 'scanUsers'), account);
  const at = knownOf([user])[0]?.passwordLastChanged ?? null;
  const what = `the password of ${accountLabel(account)}`;
  return { changes: at === null ? [] : [{ at, what }], gaps: gapsOf([user]) };
}

/** The password of a scan account that a directory keeps; a run without a directory, or older evidence, tells nothing. */
export function directoryChanges(book: Book, account: Account, { settings }: Context): Found {
  const told = toldOf(book, 'scanDirectoryAccounts');
  const list = 'known' in told ? told.known : [];
  if (settings.directory === null || list === null) return { changes: [], gaps: [] };
  if ('gap' in told) return { changes: [], gaps: [told.gap] };
  if (accountName(account).domain === null) return { changes: [], gaps: [] };
  const found = ofAccount({ known: list }, account);
  const [entry] = knownOf([found]);
  const at = entry?.passwordLastSet ?? null;
  if (entry !== undefined && at === null) return { changes: [], gaps: [untoldPassword(account, entry)] };
  const what = `the password of ${accountLabel(account)} in the directory`;
  return { changes: at === null ? [] : [{ at, what, otherClock: true }], gaps: gapsOf([found]) };
}

/** An account that is gone, or whose password must be changed, was changed at a time that nobody tells. */
function untoldPassword(account: Account, entry: object | null): Gap {
  const label = accountLabel(account);
  const detail = entry
    ? `The directory does not tell when the password of ${label} was set: it must be changed at the next logon.`
    : `The directory has no account ${label}.`;
  return { source: 'directory', cause: 'absent', detail };
}

export function accountChanges(book: Book, account: Account): Found {
  const audit = ofAccount(toldOf(book, 'scanUserAudits'), account);
  return {
    changes: knownOf([audit])
      .flat()
      .flatMap((row) => accountChange(row) ?? []),
    gaps: gapsOf([audit]),
  };
}
