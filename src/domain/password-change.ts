import { accountName } from './account-name.ts';
import type { PerAccount, ScanUserAudits, ScanUsers } from './evidence/account.ts';
import type { DirectoryAccount, ScanDirectoryAccounts } from './evidence/directory.ts';
import type { Gap } from './gap.ts';
import type { Instant } from './instant.ts';
import { ofAccount } from './scan-account.ts';
import type { Account } from './settings.ts';
import { gapsOf, knownOf, type Told } from './told.ts';

/**
 * When an account's password last changed. `isWhole`: whoever keeps the password says so; otherwise there may have
 * been a later change that nobody told of. `about` is whose word it is.
 */
export type PasswordChange = {
  at: Instant | null;
  isWhole: boolean;
  about: 'scanUsers' | 'scanDirectoryAccounts';
  gaps: readonly Gap[];
};

export type PasswordSources = {
  scanUsers: Told<ScanUsers>;
  scanUserAudits: Told<ScanUserAudits>;
  scanDirectoryAccounts: Told<ScanDirectoryAccounts>;
};

/** A local account's password lies in Secret Server; that of a directory account in the directory. */
export function passwordChangeOf(account: Account, sources: PasswordSources): PasswordChange {
  const { scanDirectoryAccounts: directory } = sources;
  const isLocal = accountName(account).domain === null;
  const isAsked = !isLocal && ('gap' in directory || directory.known !== null);
  return isAsked ? inDirectory(account, directory) : inVault(account, sources, isLocal);
}

function inDirectory(account: Account, directory: Told<ScanDirectoryAccounts>): PasswordChange {
  const list: Told<PerAccount<DirectoryAccount | null>> =
    'gap' in directory ? directory : { known: directory.known ?? [] };
  const entry = ofAccount(list, account);
  const at = knownOf([entry])[0]?.passwordLastSet ?? null;
  return { at, isWhole: at !== null, about: 'scanDirectoryAccounts', gaps: gapsOf([entry]) };
}

/** Secret Server's word on a directory account is a change that went through it; the directory may know a later one. */
function inVault(account: Account, sources: PasswordSources, isLocal: boolean): PasswordChange {
  const user = ofAccount(sources.scanUsers, account);
  const audit = ofAccount(sources.scanUserAudits, account);
  const written = knownOf([audit])
    .flat()
    .filter((row) => row.action === 'password-changed')
    .map((row) => row.at);
  const told = knownOf([user])[0]?.passwordLastChanged;
  const all = [...written, ...(told ? [told] : [])];
  const at = all.length > 0 ? Math.max(...all) : null;
  return { at, isWhole: isLocal && at !== null, about: 'scanUsers', gaps: gapsOf([user]) };
}
