import type { VaultGroup, VaultUser } from './evidence/account.ts';
import type { AccessEntry, AccessLevel } from './evidence/secret.ts';
import type { Told } from './told.ts';

const order: readonly AccessLevel[] = ['none', 'list', 'view', 'edit', 'owner'];

/** Whether a level gives at least what another one does: Owner > Edit > View > List > none. */
export function atLeast(level: AccessLevel, least: AccessLevel): boolean {
  return order.indexOf(level) >= order.indexOf(least);
}

/** What an account may do, and the entry that says so; null when no entry names it or a group of it. */
export type Access = { level: AccessLevel; via: AccessEntry | null };

/**
 * The effective access of an account: the highest level of the entries that name the account or an enabled group of
 * it. (That the highest wins is read from the product's behaviour; no document states it.)
 */
export function accessOf(
  entries: readonly AccessEntry[],
  user: VaultUser,
  groups: readonly VaultGroup[],
): Access {
  const ids = new Set(groups.filter((one) => one.enabled).map((one) => one.id));
  if (user.personalGroupId !== null) ids.add(user.personalGroupId);
  return entries
    .filter((one) => one.userId === user.id || (one.groupId !== null && ids.has(one.groupId)))
    .reduce<Access>((best, one) => (atLeast(best.level, one.level) ? best : { level: one.level, via: one }), {
      level: 'none',
      via: null,
    });
}

/** What is known of an account's access. Without its groups it has `exactly` nothing: it may have more by one of them. */
export type KnownAccess = Access & { complete: boolean };

/** The access that can be shown from what was read; a list that is missing altogether is a gap. */
export function knownAccess(
  entries: Told<readonly AccessEntry[]>,
  user: VaultUser,
  groups: Told<readonly VaultGroup[]>,
): Told<KnownAccess> {
  if ('gap' in entries) return entries;
  const complete = 'known' in groups;
  return { known: { ...accessOf(entries.known, user, complete ? groups.known : []), complete } };
}

/** Whether an entry names the account itself and not a group that others may join. */
export function namesOnly(entry: AccessEntry, user: VaultUser): boolean {
  return entry.userId === user.id || (entry.groupId !== null && entry.groupId === user.personalGroupId);
}

const levelWords: Record<AccessLevel, string> = {
  none: 'no access',
  list: 'List',
  view: 'View',
  edit: 'Edit',
  owner: 'Owner',
};

/** `View by Qualys Scanners (from the folder)`, for a sentence. */
export function accessText({ level, via }: Access): string {
  if (!via) return levelWords[level];
  return `${levelWords[level]} by ${via.principal}${via.inherited ? ' (from the folder)' : ''}`;
}
