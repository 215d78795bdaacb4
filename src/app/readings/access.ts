import type { AccessEntry } from '../../domain/evidence/secret.ts';
import { gapsOf, ifKnown, type Told } from '../../domain/told.ts';
import type { SecretSummaryRead } from '../../ports/vault.ts';
import type { SecretDoor } from '../reading.ts';
import { forEachScanAccount, toldOf } from '../told.ts';
import { findUser, findUserId } from './scan-users.ts';

/**
 * Who may do what with the secret. One that inherits has its folder's list, and folders are asked once for all their
 * secrets. Its own list is asked where it does not inherit, and where the folder's is empty or cannot be read.
 */
export async function effectiveAccess(from: SecretDoor, summary: SecretSummaryRead): Promise<AccessEntry[]> {
  const { id, inheritsPermissions, folderId } = summary;
  if (!inheritsPermissions || folderId === null) return from.vault.accessOfSecret(id);
  const ofFolder = ifKnown(await toldOf(from.vault.accessOfFolder(folderId))) ?? [];
  if (ofFolder.length === 0) return from.vault.accessOfSecret(id);
  return ofFolder.map((entry) => ({ ...entry, inherited: true }));
}

/** Whether a scan account may at least List the secret. One that may is enough; otherwise each must be known. */
export async function listedForScan(from: SecretDoor, summary: SecretSummaryRead): Promise<Told<boolean>> {
  const access = toldOf(effectiveAccess(from, summary));
  const perAccount = await forEachScanAccount(from.settings, async (account) => {
    const id = await findUserId(from, account);
    if (id === null) return false;
    const [user, entries, groups] = await Promise.all([
      findUser(from, account),
      access,
      from.vault.groupsOf(id),
    ]);
    if ('gap' in entries) return false;
    // A group that is disabled gives nothing.
    const enabled = groups.filter((group) => group.enabled).map((group) => group.id);
    const groupIds = new Set([...enabled, user?.personalGroupId ?? null]);
    return entries.known.some(
      ({ level, userId, groupId }) =>
        level !== 'none' && (userId === id || (groupId !== null && groupIds.has(groupId))),
    );
  });
  const entries = await access;
  const told = perAccount.map((one) => one.told);
  if (told.some((one) => 'known' in one && one.known)) return { known: true };
  const [gap] = gapsOf([...('gap' in entries ? [entries] : []), ...told]);
  return gap ? { gap } : { known: false };
}
