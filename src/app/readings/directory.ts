import { accountName, parseAccountName } from '../../domain/account-name.ts';
import { targetAccountName } from '../../domain/directory-login.ts';
import type { DirectoryAccount, DirectoryDomain } from '../../domain/evidence/directory.ts';
import { GapError } from '../../domain/gap.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Account } from '../../domain/settings.ts';
import type { Directory } from '../../ports/directory.ts';
import type { BatchDoor, Readings } from '../reading.ts';
import { toldOf } from '../told.ts';
import { absenceOf, namesOf } from './directory-names.ts';
import { readSecretPassword } from './secret-password.ts';

/** The accounts behind the secrets and behind the scan accounts, as the directory knows them. */
export const directoryReadings = {
  directoryDomain: {
    source: 'directory',
    scope: 'batch',
    what: 'the domain of the directory',
    async read(from) {
      const { dnsName, skewMs } = await configured(from).domain();
      return { dnsName, skewMs };
    },
  },
  targetAccount: {
    source: 'directory',
    scope: 'secret',
    what: 'the account behind the secret',
    async read(from) {
      const name = targetAccountName(from.settings, from.secret);
      if (name === undefined) throw notConfigured(`No account is configured for “${from.secret}”.`);
      return { name, found: await find(from, parseAccountName(name)) };
    },
  },
  scanDirectoryAccounts: {
    source: 'directory',
    scope: 'batch',
    what: 'the scan accounts in the directory',
    async read(from) {
      if (!from.directory) return null;
      const accounts = from.settings.scanAccounts.filter((one) => accountName(one).domain !== null);
      return Promise.all(
        accounts.map(async (account) => ({ account, told: await toldOf(find(from, account)) })),
      );
    },
  },
  secretPassword: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the password changes of the secret',
    read: readSecretPassword,
  },
} as const satisfies Partial<Readings>;

async function find(from: BatchDoor, account: Account): Promise<DirectoryAccount | null> {
  const directory = configured(from);
  const domain = await from.ask('directoryDomain');
  const asked = { domain, directory, settings: from.settings };
  const found = await directory.account(await namesOf(account, asked));
  return found ? byOurClock(found, domain) : absenceOf(account, asked);
}

/** The directory tells the time in whole seconds, so less than this is no difference. */
const countsMs = 2000;

function byOurClock(account: DirectoryAccount, { skewMs }: DirectoryDomain): DirectoryAccount {
  if (Math.abs(skewMs) < countsMs) return account;
  const ours = (at: Instant | null) => (at === null ? null : at - skewMs);
  return {
    ...account,
    lockedAt: ours(account.lockedAt),
    expires: ours(account.expires),
    passwordLastSet: ours(account.passwordLastSet),
    passwordExpires: ours(account.passwordExpires),
  };
}

function configured({ directory }: Pick<BatchDoor, 'directory'>): Directory {
  if (directory) return directory;
  throw notConfigured('No directory is configured.');
}

function notConfigured(detail: string): GapError {
  return new GapError({ source: 'vaultcheck', cause: 'not-configured', detail });
}
