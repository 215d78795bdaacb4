import type { AccessEntry } from '../../domain/evidence/secret.ts';
import { gapsOf, type Told } from '../../domain/told.ts';
import type { SecretSummaryRead } from '../../ports/vault.ts';
import type { SecretDoor } from '../reading.ts';
import { forEachScanAccount, toldOf } from '../told.ts';
import { findUser, findUserId } from './scan-users.ts';

/**
 * Who may do what with the secret: its own list. One that inherits and lists nothing itself has its folder's; folders
 * are asked once for all their secrets.
 */
export async function effectiveAccess(from: SecretDoor, summary: SecretSummaryRead): Promise<AccessEntry[]> {
  const own = await from.vault.accessOfSecret(summary.id);
  if (own.length > 0 || !summary.inheritsPermissions || summary.folderId === null) return own;
  const ofFolder = await from.vault.accessOfFolder(summary.folderId);
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
    const groupIds = new Set([...groups.map((group) => group.id), user?.personalGroupId ?? null]);
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
