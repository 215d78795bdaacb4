import { accountName, accountText, parseAccountName, sameAccount } from '../../domain/account-name.ts';
import { GapError } from '../../domain/gap.ts';
import type { Account, Settings } from '../../domain/settings.ts';
import type { Vault, VaultAccount, VaultUserRead } from '../../ports/vault.ts';

type Asked = { vault: Vault; settings: Settings };

/** The user that a scan account is, or null when there is none. Throws `absent` when several could be meant. */
export async function findUser({ vault, settings }: Asked, account: Account): Promise<VaultUserRead | null> {
  return theOne(await vault.usersNamed(loginName(account)), account, settings);
}

/** Its id alone, one call earlier: what hangs on a user need not wait for all that is judged of it. */
export async function findUserId({ vault, settings }: Asked, account: Account): Promise<number | null> {
  return theOne(await vault.accountsNamed(loginName(account)), account, settings)?.id ?? null;
}

/** The bare name, however the configuration writes it: a search for `CORP\svc` or `svc@corp.example` finds nobody called `svc`. */
function loginName(account: Account): string {
  return parseAccountName(accountName(account).username).username;
}

function theOne<U extends VaultAccount>(users: U[], account: Account, settings: Settings): U | null {
  const wanted = accountName(account);
  const same = users.filter((user) => sameAccount(accountName(user), wanted, settings.domains));
  const [first, ...others] = same.length > 1 ? ofThatDomain(same, wanted) : same;
  if (others.length === 0) return first ?? null;
  const names = same.map((user) => accountText(accountName(user))).join(', ');
  throw absent(`Several users of Secret Server could be ${accountText(wanted)}: ${names}.`);
}

/** As `findUserId`, and `absent` when there is none: what hangs on a user that does not exist cannot be read. */
export async function existingUserId(asked: Asked, account: Account): Promise<number> {
  const id = await findUserId(asked, account);
  if (id !== null) return id;
  throw absent(`Secret Server has no user ${accountText(accountName(account))} that the reader can see.`);
}

function ofThatDomain<U extends VaultAccount>(users: U[], { domain }: Account): U[] {
  const exact = users.filter((user) => user.domain?.toLowerCase() === domain?.toLowerCase());
  return exact.length > 0 ? exact : users;
}

function absent(detail: string): GapError {
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}
