import { z } from 'zod';
import type { AccessEntry, AccessLevel } from '../../../domain/evidence/secret.ts';
import type { VaultFolder } from '../../../ports/vault.ts';
import { idOrNull, words, wordsToldOrEmpty } from './shapes.ts';

/** Share levels by the vendor's names. A folder may give rights on itself and none on its secrets. */
const levels: Readonly<Record<string, AccessLevel>> = {
  '': 'none',
  none: 'none',
  list: 'list',
  view: 'view',
  edit: 'edit',
  owner: 'owner',
};

const level = wordsToldOrEmpty.transform((name, context) => {
  const found = levels[name.toLowerCase()];
  if (found) return found;
  context.addIssue({ code: 'custom', message: 'an unknown share level' });
  return z.NEVER;
});

/** An entry of an access list. A user's entry may carry the personal group too: then it is the user's. */
const Permission = z
  .object({
    secretAccessRoleName: level,
    userId: idOrNull,
    groupId: idOrNull,
    knownAs: words,
    userName: words,
    groupName: words,
  })
  .refine(({ userId, groupId }) => userId !== null || groupId !== null, {
    path: ['userId'],
    message: 'neither a user nor a group is named',
  })
  .transform((row) => ({
    level: row.secretAccessRoleName,
    userId: row.userId,
    groupId: row.userId === null ? row.groupId : null,
    principal: row.knownAs || row.userName || row.groupName,
  }));

export const SecretPermission = Permission.transform(
  (entry): AccessEntry => ({ ...entry, inherited: false }),
);
export const FolderPermission = Permission.transform((entry): AccessEntry => ({ ...entry, inherited: true }));

export const Folder = z
  .object({ id: z.int(), folderPath: z.string(), inheritPermissions: z.boolean() })
  .transform(
    ({ id, folderPath, inheritPermissions }): VaultFolder => ({
      id,
      path: folderPath,
      inheritsPermissions: inheritPermissions,
    }),
  );
