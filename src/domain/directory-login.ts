import type { DirectoryAccount } from './evidence/directory.ts';
import { dayMs, type Instant, moment, span } from './instant.ts';
import type { Settings } from './settings.ts';
import { type Fact, fact, fail, type Judgement, pass, warn, worst } from './verdict.ts';

const soonMs = 14 * dayMs;

/** The account that the configuration names for a secret: a sAMAccountName or UPN; undefined where it names none. */
export function targetAccountName({ directory }: Settings, secret: string): string | undefined {
  // A secret may bear the name of something that every object has.
  return directory && Object.hasOwn(directory.accounts, secret) ? directory.accounts[secret] : undefined;
}

/** Why a rule about the account behind this secret does not apply, or null. */
export function withoutTarget(settings: Settings, secret: string): string | null {
  if (settings.directory === null) return 'No directory is configured.';
  if (targetAccountName(settings, secret) !== undefined) return null;
  return `The configuration names no directory account for “${secret}” (directory.accounts).`;
}

/** How an account is spoken of, and which evidence it was read from. */
type Spoken<K extends string> = { label: string; about: K };

/** Whether the directory would let an account log in with the right password. Every clause that holds is named. */
export function judgeLogin<K extends string>(
  account: DirectoryAccount | null,
  { label, about }: Spoken<K>,
  at: Instant,
): Judgement<K> {
  if (!account) {
    const text = `The directory has no account ${label}`;
    const remedy = `Create ${label} in the directory, or correct its name in the configuration.`;
    return fail(`${text}.`, [fact(about, text)], remedy);
  }
  const clauses = [
    account.enabled ? null : failed(about, `${label} is disabled`, remedies.enable),
    account.locked ? failed(about, lockedText(account, label), remedies.unlock) : null,
    expired(account.expires, at)
      ? failed(about, `${label} expired at ${moment(account.expires ?? at)}`, remedies.extend)
      : null,
    password(account, { label, about }, at),
  ].filter((one) => one !== null);
  const [first, ...rest] = clauses;
  return first ? worst([first, ...rest]) : pass(healthy(account, { label, about }));
}

const remedies = {
  enable: 'Enable the account in Active Directory Users and Computers (Enable Account).',
  unlock:
    'Find out who logs in with an old password, then unlock the account in Active Directory Users and Computers (Account tab, Unlock account).',
  extend: 'Extend the account in Active Directory Users and Computers (Account tab, Account expires).',
  renew:
    'Let Secret Server change the password (Secret > Change Password), or set a new one in the directory and in the secret.',
} as const;

function password<K extends string>(
  account: DirectoryAccount,
  { label, about }: Spoken<K>,
  at: Instant,
): Judgement<K> | null {
  if (account.mustChangePassword)
    return failed(about, `The password of ${label} must be changed at the next logon`, remedies.renew);
  const expiry = account.passwordExpires;
  if (account.passwordExpired || expired(expiry, at)) {
    const when = expiry === null ? '' : ` at ${moment(expiry)}`;
    return failed(about, `The password of ${label} expired${when}`, remedies.renew);
  }
  if (expiry === null || expiry > at + soonMs) return null;
  const text = `The password of ${label} expires at ${moment(expiry)}`;
  return warn(`${text}, in ${span(expiry - at)}.`, [fact(about, text)], remedies.renew);
}

function failed<K extends string>(about: K, text: string, remedy: string): Judgement<K> {
  return fail(`${text}.`, [fact(about, text)], remedy);
}

function lockedText({ lockedAt }: DirectoryAccount, label: string): string {
  return `${label} is locked out${lockedAt === null ? '' : ` since ${moment(lockedAt)}`}`;
}

function healthy<K extends string>(account: DirectoryAccount, { label, about }: Spoken<K>): Fact<K> {
  const set = account.passwordLastSet;
  const since = set === null ? '' : `; its password was set at ${moment(set)}`;
  return fact(about, `${label} is enabled and not locked in the directory${since}`);
}

function expired(when: Instant | null, at: Instant): boolean {
  return when !== null && when <= at;
}
