import type { Account } from './settings.ts';

/** Other spellings of a domain: NetBIOS name to DNS names, as configured or read from the directory. */
export type DomainAliases = Readonly<Record<string, readonly string[]>>;

/**
 * The account of a user name and a domain that were given apart. A user name that carries its domain
 * (`CORP\svc`, `svc@corp.example`) is taken apart when no domain stands beside it; a blank domain is none.
 */
export function accountName(given: { username: string; domain?: string | null | undefined }): Account {
  const domain = given.domain?.trim();
  if (!domain) return parseAccountName(given.username);
  return { username: afterDomain(given.username), domain };
}

/**
 * Reads `DOMAIN\user`, `user@domain` or `user`. Any run of backslashes counts as one, because some versions of
 * Secret Server double them in their events. `DOMAIN\user@domain` keeps both domains; see `sameAccount`.
 */
export function parseAccountName(text: string): Account {
  const slash = text.indexOf('\\');
  if (slash > 0) return { username: afterDomain(text), domain: text.slice(0, slash).trim() };
  const username = afterDomain(text);
  const at = username.lastIndexOf('@');
  if (at <= 0 || at === username.length - 1) return { username, domain: null };
  return { username: username.slice(0, at), domain: username.slice(at + 1) };
}

/**
 * Whether two names mean one account: user names equal without case, and both local or of one domain. A domain's
 * NetBIOS and DNS names are one when the aliases say so or the first label is equal; two DNS names need an alias.
 */
export function sameAccount(one: Account, other: Account, aliases: DomainAliases = {}): boolean {
  const [left, right] = [spellings(one), spellings(other)];
  if (left.username === '' || left.username !== right.username) return false;
  if (left.domains.length === 0 || right.domains.length === 0) {
    return left.domains.length === right.domains.length;
  }
  return left.domains.some((domain) => right.domains.some((twin) => sameDomain(domain, twin, aliases)));
}

/** How the account is shown to people: `CORP\svc-qualys`, or the user name alone. */
export function accountText({ username, domain }: Account): string {
  return domain ? `${domain}\\${username}` : username;
}

/** Whether two domain names, compared without case, mean one domain. */
export function sameDomain(one: string, other: string, aliases: DomainAliases = {}): boolean {
  const [left, right] = [canonicalDomain(one), canonicalDomain(other)];
  if (left === right) return true;
  const oneIsNetbios = !left.includes('.') || !right.includes('.');
  if (oneIsNetbios && firstLabel(left) === firstLabel(right)) return true;
  return Object.entries(aliases).some(([name, others]) => {
    const group = [name, ...others].map(canonicalDomain);
    return group.includes(left) && group.includes(right);
  });
}

function afterDomain(username: string): string {
  return username.slice(username.lastIndexOf('\\') + 1).trim();
}

/** A synchronised user may be called `user@example.com` within a domain: either domain names it. */
function spellings(name: Account): { username: string; domains: string[] } {
  const username = name.username.trim().toLowerCase();
  const domains = name.domain?.trim() ? [name.domain] : [];
  const at = username.lastIndexOf('@');
  if (at <= 0) return { username, domains };
  return { username: username.slice(0, at), domains: [...domains, username.slice(at + 1)] };
}

function canonicalDomain(domain: string): string {
  return domain.trim().toLowerCase().replace(/\.$/, '');
}

function firstLabel(domain: string): string {
  return domain.split('.', 1)[0] ?? '';
}
