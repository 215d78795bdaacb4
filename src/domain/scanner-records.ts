import { accountName, sameAccount } from './account-name.ts';
import { type AddressRange, addressRange } from './addresses.ts';
import type {
  AuthenticationRecord,
  AuthenticationRecords,
  VaultLogin,
  VaultRecord,
  VaultRecords,
} from './evidence/qualys.ts';
import type { Gap } from './gap.ts';
import type { Account, Settings } from './settings.ts';
import { gapsOf, knownOf } from './told.ts';

/** A vault record whose login could be read. */
export type ReadRecord = { record: VaultRecord; login: VaultLogin };

export function readRecords(all: VaultRecords): ReadRecord[] {
  return (all?.records ?? []).flatMap(({ record, login }) =>
    'known' in login ? [{ record, login: login.known }] : [],
  );
}

/** Why some vault records could not be read; each of them may point anywhere. */
export function unreadRecords(all: VaultRecords): Gap[] {
  return gapsOf((all?.records ?? []).map((one) => one.login));
}

/** The vault records that point at this Secret Server. */
export function recordsHere(all: VaultRecords, settings: Settings): ReadRecord[] {
  return readRecords(all).filter((one) => sameVaultUrl(one.login.url, settings.scannerUrl));
}

/** Those of `records` with which the appliance logs in as this account. */
export function recordsAs(
  account: Account,
  records: readonly ReadRecord[],
  settings: Settings,
): ReadRecord[] {
  return records.filter(({ login }) =>
    sameAccount(accountName(login), accountName(account), settings.domains),
  );
}

/**
 * Whether two URLs mean one Secret Server. Scheme, case of the host, default port, trailing slashes and the addresses
 * of its web services below (`/webservices/….asmx`, `/sswebservices/…`) do not count.
 */
export function sameVaultUrl(one: string, other: string): boolean {
  const [left, right] = [vaultAddress(one), vaultAddress(other)];
  return left !== undefined && left === right;
}

function vaultAddress(text: string): string | undefined {
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
  if (!URL.canParse(written)) return undefined;
  const { hostname, port, pathname } = new URL(written);
  const path = pathname.replace(/\/(?:webservices|sswebservices?)(?:\/.*)?$/i, '').replace(/\/+$/, '');
  const isDefault = port === '' || port === '443' || port === '80';
  return `${hostname.replace(/\.$/, '')}${isDefault ? '' : `:${port}`}${path.toLowerCase()}`;
}

/** Whether an authentication record takes its password from this vault record. */
export function takesFrom({ vaultId, vaultTitle }: AuthenticationRecord, vault: VaultRecord): boolean {
  return vaultId === null ? vaultTitle === vault.title : vaultId === vault.id;
}

/**
 * Why it cannot be said whether an authentication record takes its password from here; undefined where it can: Qualys
 * does not tell its vault, or where that vault points could not be read.
 */
export function unsureVault(record: AuthenticationRecord, all: VaultRecords): Gap | undefined {
  const { title, vaultId, vaultTitle } = record;
  if (vaultId === null && vaultTitle === null)
    return untold(`Qualys does not tell from which vault “${title}” takes its password.`);
  return unreadRecords({
    readAt: 0,
    records: (all?.records ?? []).filter((one) => takesFrom(record, one.record)),
  })[0];
}

/** Why a record that names no secret may be the one that fetches it: Qualys does not tell its name. */
export function namelessRecords(all: AuthenticationRecords, vaults: VaultRecords, settings: Settings): Gap[] {
  const here = recordsHere(vaults, settings);
  return readAuthenticationRecords(all)
    .filter(({ secretName }) => secretName === null)
    .filter((one) => here.some(({ record }) => takesFrom(one, record)) || unsureVault(one, vaults))
    .map(({ title }) => untold(`Qualys does not tell which secret “${title}” fetches.`));
}

function untold(detail: string): Gap {
  return { source: 'qualys', cause: 'absent', detail };
}

/** Authentication records of the types that could be read. */
export function readAuthenticationRecords(all: AuthenticationRecords): AuthenticationRecord[] {
  return knownOf((all?.types ?? []).map((one) => one.told)).flat();
}

/** Why some record types could not be read. */
export function unreadTypes(all: AuthenticationRecords): Gap[] {
  return gapsOf((all?.types ?? []).map((one) => one.told));
}

/**
 * The records that fetch this secret. Another Secret Server may hold one of the same name: where some of the records
 * name a vault record that points here, only those count.
 */
export function recordsOfSecret(
  all: AuthenticationRecords,
  secret: string,
  here: readonly ReadRecord[],
): AuthenticationRecord[] {
  const named = readAuthenticationRecords(all).filter((one) => isNamed(one, secret));
  const ours = named.filter((one) => here.some(({ record }) => takesFrom(one, record)));
  return ours.length > 0 ? ours : named;
}

/** Names are compared without case, so that a difference in case is seen and said. */
function isNamed({ secretName }: AuthenticationRecord, secret: string): boolean {
  return secretName?.trim().toLowerCase() === secret.trim().toLowerCase();
}

/** The addresses of records or scans; what is no address (a tag, a group) is left out. */
export function targetRanges(targets: readonly string[]): AddressRange[] {
  return targets.flatMap((text) => addressRange(text) ?? []);
}

/** Whether two sets of addresses have one in common. */
export function overlap(some: readonly AddressRange[], others: readonly AddressRange[]): boolean {
  return some.some((a) =>
    others.some((b) => a.family === b.family && a.first <= b.last && b.first <= a.last),
  );
}
