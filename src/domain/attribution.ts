import { distance } from 'fastest-levenshtein';
import { sameAccount } from './account-name.ts';
import { addressRange, contains } from './addresses.ts';
import { applianceAt } from './appliance-address.ts';
import type { Instant } from './instant.ts';
import { nameAtMost } from './name-limit.ts';
import type { Origin, Via } from './observation.ts';
import type { Account, Settings } from './settings.ts';
import type { VaultEvent } from './vault-event.ts';

/** How an event came: `address` is the peer's, a node or a relay. */
export type EventFrom = { via: Via; address: string | null; receivedAt: Instant };

/**
 * Whose events these are: those integrations that name the sender; else those that know the account or the secret. An
 * event about neither goes to the only integration that names no senders, and to nobody where that is not clear.
 */
export function integrationsOf(event: VaultEvent, from: EventFrom, all: readonly Settings[]): Settings[] {
  const named = all.filter(({ senders }) => senders.some((one) => isSender(one, event.host, from.address)));
  if (named.length > 0) return named;
  const known = all.filter(
    (settings) => accountsFor(event, settings).length > 0 || watchedSecret(event, settings) !== null,
  );
  if (known.length > 0 || event.account || event.secret) return known;
  const open = all.filter(({ senders }) => senders.length === 0);
  return open.length === 1 ? open : [];
}

function isSender(configured: string, host: string | null, address: string | null): boolean {
  const range = addressRange(configured);
  if (range)
    return [host, address].some(
      (one) => one !== null && addressRange(one) !== undefined && contains(range, one),
    );
  if (host === null) return false;
  const [name, sender] = [configured.toLowerCase(), host.toLowerCase()];
  return name === sender || (!name.includes('.') && sender.startsWith(`${name}.`));
}

/** The scan accounts that an event is about. A name without a domain may be a directory account's too. */
export function accountsFor({ action, account, address }: VaultEvent, settings: Settings): Account[] {
  if (account === null) return [];
  if (action === 'login-unknown-user') return mistypedFor(account, address, settings);
  return settings.scanAccounts.filter((one) =>
    account.domain === null
      ? sameAccount({ ...one, domain: null }, account)
      : sameAccount(one, account, settings.domains),
  );
}

/** A name that nobody has is a scan account's when an appliance used it, or when it is one letter off. */
function mistypedFor(typed: Account, address: string | null, settings: Settings): Account[] {
  const byDistance = settings.scanAccounts
    .map((account) => ({
      account,
      off: distance(typed.username.toLowerCase(), account.username.toLowerCase()),
    }))
    .sort((a, b) => a.off - b.off);
  const nearest = byDistance[0];
  if (!nearest) return [];
  return nearest.off <= 1 || applianceAt(address, settings.appliances) ? [nearest.account] : [];
}

/** The watched secret that an event is about, by the name it had before where it was renamed. */
export function watchedSecret({ secret, changes }: VaultEvent, settings: Settings): string | null {
  if (secret === null) return null;
  const before = changes
    .filter(({ setting }) => /^(?:secret ?)?name$/i.test(setting))
    .map(({ from }) => from);
  const { secrets } = settings;
  if (secrets !== 'folder') return [secret.name, ...before].find((name) => secrets.includes(name)) ?? null;
  const name = before[0] ?? secret.name;
  // Anybody can forge a datagram: a name that no secret can have is none of ours.
  return name.length <= nameAtMost && isInFolder(secret.folder, settings.folder) ? name : null;
}

/** Events give the folder's path or, in old versions, its name alone. */
function isInFolder(told: string | null, configured: string | null): boolean {
  if (told === null || configured === null) return false;
  const [folder, own] = [told, configured].map((one) => one.replace(/^\\+|\\+$/g, '').toLowerCase());
  if (folder === undefined || own === undefined) return false;
  return folder === own || folder.startsWith(`${own}\\`) || own.endsWith(`\\${folder}`);
}

/** Whose an address is; nobody's business where no appliance has a configured address. */
export function originOf(
  address: string | null,
  { appliances }: Pick<Settings, 'appliances'>,
): { origin: Origin; appliance: string | null } {
  const known = appliances.some((one) => one.addresses.length > 0);
  if (!known || address === null) return { origin: 'unknown', appliance: null };
  const appliance = applianceAt(address, appliances);
  return appliance
    ? { origin: 'appliance', appliance: appliance.name }
    : { origin: 'elsewhere', appliance: null };
}
