import { accountName } from '../../domain/account-name.ts';
import type { Instant } from '../../domain/instant.ts';
import { ofAccount } from '../../domain/scan-account.ts';
import type { Account } from '../../domain/settings.ts';
import type { Told } from '../../domain/told.ts';
import type { Integration } from '../integration.ts';
import { type Question, withDoor } from '../question.ts';
import { toldOf } from '../told.ts';

/** A directory that is slow must not hold up what Secret Server tells. */
const deadlineMs = 20_000;

/** When an account's password was last set in the directory; null: it does not tell, or has no such account. */
export type DirectoryPasswords = (account: Account) => Told<Instant | null>;

const nothing: DirectoryPasswords = () => ({ known: null });

/**
 * When the passwords of the scan accounts were last set in the directory: Secret Server does not know of a change that
 * did not go through it. Accounts that are local to Secret Server are not looked for.
 */
export async function directoryPasswords(
  integration: Integration,
  question: Question,
): Promise<DirectoryPasswords> {
  const { settings, sources } = integration;
  const isThere = (account: Account) => accountName(account).domain !== null;
  if (!sources.directory || !settings.scanAccounts.some(isThere)) return nothing;
  const told = await toldOf(
    withDoor(integration, { ...question, deadlineMs }, 'the scan accounts in the directory', ({ ask }) =>
      ask('scanDirectoryAccounts'),
    ),
  );
  return (account) => {
    if (!isThere(account)) return { known: null };
    if ('gap' in told) return told;
    const found = ofAccount({ known: told.known ?? [] }, account);
    return 'gap' in found ? found : { known: found.known?.passwordLastSet ?? null };
  };
}
