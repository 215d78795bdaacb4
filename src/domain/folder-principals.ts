import { namesOnly } from './access.ts';
import { parseAccountName, sameAccount } from './account-name.ts';
import type { ScanUserGroups, ScanUsers, VaultGroup } from './evidence/account.ts';
import type { FolderAccess } from './evidence/practice.ts';
import type { AccessEntry } from './evidence/secret.ts';
import type { Settings } from './settings.ts';
import { gapsOf, knownOf, type Told } from './told.ts';

type Known = {
  access: NonNullable<FolderAccess>;
  users: ScanUsers;
  groups: Told<ScanUserGroups>;
  settings: Settings;
};

/**
 * Who has rights on the folder beside the scan accounts, their group, the reader and the configured administrators.
 * `undecided`: groups that might be the accounts' own, which could not be read.
 */
export function othersOn({ access, users, groups, settings }: Known): {
  others: AccessEntry[];
  undecided: AccessEntry[];
} {
  const own = ownGroups(groups, settings);
  const admins = settings.folderAdmins ?? [];
  const rest = access.entries.filter(
    (entry) =>
      entry.level !== 'none' &&
      !knownOf(users.map((one) => one.told)).some((user) => user && namesOnly(entry, user)) &&
      !isReader(entry, access.readerId, settings) &&
      !admins.some((name) => isCalled(entry, name, settings)) &&
      !own.some(({ id, name }) => (id === null ? isText(entry.principal, name) : entry.groupId === id)),
  );
  const blind = settings.scanGroup === null && gapsIn(groups).length > 0;
  const undecided = blind ? rest.filter((one) => one.groupId !== null) : [];
  return { others: rest.filter((one) => !undecided.includes(one)), undecided };
}

/** The gaps in what is known of the accounts' groups. */
export function gapsIn(groups: Told<ScanUserGroups>) {
  return 'gap' in groups ? [groups.gap] : gapsOf(groups.known.map((one) => one.told));
}

/** The configured group, else those that hold all scan accounts. Everyone holds every user, so it is nobody's own. */
function ownGroups(groups: Told<ScanUserGroups>, settings: Settings): { id: number | null; name: string }[] {
  if (settings.scanGroup !== null) return [{ id: null, name: settings.scanGroup }];
  if ('gap' in groups) return [];
  const [first = [], ...others] = knownOf<readonly VaultGroup[]>(groups.known.map((one) => one.told));
  return first.filter(
    (group) =>
      !isText(group.name, 'everyone') && others.every((list) => list.some((one) => one.id === group.id)),
  );
}

function isReader(entry: AccessEntry, readerId: number | null, settings: Settings): boolean {
  if (entry.userId !== null && readerId !== null) return entry.userId === readerId;
  return sameAccount(parseAccountName(entry.principal), settings.reader, settings.domains);
}

function isCalled(entry: AccessEntry, name: string, { domains }: Settings): boolean {
  return (
    isText(entry.principal, name) ||
    sameAccount(parseAccountName(entry.principal), parseAccountName(name), domains)
  );
}

function isText(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
