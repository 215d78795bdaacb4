import { accountName, accountText, parseAccountName, sameDomain } from '../../domain/account-name.ts';
import type { DirectoryDomain } from '../../domain/evidence/directory.ts';
import { GapError } from '../../domain/gap.ts';
import type { Account, Settings } from '../../domain/settings.ts';
import type { AccountNames, Directory } from '../../ports/directory.ts';

type Asked = { domain: DirectoryDomain; directory: Directory; settings: Settings };

/**
 * How an account as people write it is looked for: `CORP\svc` by its logon name, `svc@corp.example` by its principal
 * name, and by its logon name too where the suffix is this domain (a principal name that nobody set is not stored).
 * Throws `absent` for an account of another domain: whether it exists is not for this directory to say.
 */
export async function namesOf(account: Account, asked: Asked): Promise<AccountNames> {
  const { username, domain } = accountName(account);
  const parsed = parseAccountName(username);
  const suffix = parsed.domain ?? (domain?.includes('.') ? domain : null);
  const principalName = suffix === null ? null : `${parsed.username}@${suffix}`;
  const isHere = domain === null || (await isThisDomain(domain, asked));
  if (!isHere && principalName === null) throw elsewhere(account, asked);
  return { principalName, logonName: isHere ? parsed.username : null };
}

/** What the account's absence means: none of this domain, or one that this directory cannot speak for. */
export async function absenceOf(account: Account, asked: Asked): Promise<null> {
  const { domain } = accountName(account);
  if (domain === null || (await isThisDomain(domain, asked))) return null;
  throw elsewhere(account, asked);
}

/** Whether a domain as people write it is the one that is read. Its short name is asked for where its long one is another. */
async function isThisDomain(name: string, { domain, directory, settings }: Asked): Promise<boolean> {
  if (sameDomain(name, domain.dnsName, settings.domains)) return true;
  const netbiosName = await directory.netbiosName();
  return netbiosName !== null && sameDomain(name, netbiosName, settings.domains);
}

function elsewhere(account: Account, { domain }: Asked): GapError {
  const name = accountText(accountName(account));
  const detail = `The directory is the domain ${domain.dnsName}, and ${name} seems to belong to another: where both are the same, say so in \`domains\`.`;
  return new GapError({ source: 'directory', cause: 'absent', detail });
}
