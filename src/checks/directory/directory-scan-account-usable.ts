import { accountName } from '../../domain/account-name.ts';
import { defineCheck } from '../../domain/check.ts';
import { judgeLogin } from '../../domain/directory-login.ts';
import { eachAccount } from '../../domain/each-account.ts';
import { skipped } from '../../domain/verdict.ts';

const local = 'No scan account is a directory account.';

export const directoryScanAccountUsable = defineCheck({
  id: 'directory-scan-account-usable',
  section: 'directory',
  title: 'The scan account, where it is a directory account, can log in',
  why: 'Secret Server asks the directory when a directory account logs in: what the directory refuses, it refuses too.',
  remedy: 'Make the account usable in Active Directory Users and Computers.',
  blocking: true,
  needs: ['scanDirectoryAccounts'],
  exempt({ settings }) {
    if (settings.directory === null) return 'No directory is configured.';
    return settings.scanAccounts.every((one) => accountName(one).domain === null) ? local : null;
  },
  judge({ scanDirectoryAccounts }, { at }) {
    if (scanDirectoryAccounts === null) return skipped('No directory was asked in this run.');
    return eachAccount(scanDirectoryAccounts, (account, { label }) =>
      judgeLogin(account, { label, about: 'scanDirectoryAccounts' }, at),
    );
  },
});
