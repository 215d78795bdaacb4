import { accessDenied, ok } from '../replies.ts';
import { accountName } from '../world/find.ts';
import { folderPermissions, reaches, rightOn, rightOnSecret, secretPermissions } from '../world/rights.ts';
import type { Folder, Permission, Secret } from '../world/secrets.ts';
import { paged } from './paging.ts';
import { type Answer, type Ask, numberFilter, type Route } from './route.ts';

type Row = Record<string, unknown>;

const secretRoleIds = { List: 4, View: 3, Edit: 2, Owner: 1 };
const folderRoleIds = { View: 4, 'Add Secret': 3, Edit: 2, Owner: 1 };

/** A row names a user or a group; the other's fields are empty. */
function principal(ask: Ask, { principal: { kind, id } }: Permission): Row {
  const user = kind === 'user' ? ask.world.users.find((one) => one.id === id) : undefined;
  const group = kind === 'group' ? ask.world.groups.find((one) => one.id === id) : undefined;
  return {
    userId: user?.id ?? ask.profile.absentId,
    userName: user?.userName ?? null,
    groupId: group?.id ?? ask.profile.absentId,
    groupName: group?.name ?? null,
    knownAs: user ? accountName(ask.world, user) : (group?.name ?? null),
  };
}

const secretRow = (ask: Ask, secret: Secret, permission: Permission): Row => ({
  id: permission.id,
  secretId: secret.id,
  ...principal(ask, permission),
  secretAccessRoleId: secretRoleIds[permission.secretRight],
  secretAccessRoleName: permission.secretRight,
});

const folderRow = (ask: Ask, folder: Folder, permission: Permission): Row => ({
  id: permission.id,
  folderId: folder.id,
  ...principal(ask, permission),
  secretAccessRoleId: secretRoleIds[permission.secretRight],
  secretAccessRoleName: permission.secretRight,
  folderAccessRoleId: folderRoleIds[permission.folderRight],
  folderAccessRoleName: permission.folderRight,
});

/** Permissions are metadata of level View: who may only List is refused, like who asks for what is not there. */
function secretRows(ask: Ask, only?: number): Row[] | undefined {
  const secrets = ask.world.secrets.filter(
    (secret) =>
      (only === undefined || secret.id === only) &&
      reaches(rightOnSecret(ask.world, ask.caller, secret), 'View'),
  );
  if (only !== undefined && secrets.length === 0) return undefined;
  return secrets.flatMap((secret) => {
    const isEmpty = secret.inheritsPermissions && !ask.profile.listsInheritedPermissions;
    return isEmpty ? [] : secretPermissions(ask.world, secret).map((one) => secretRow(ask, secret, one));
  });
}

/** A folder is visible to everybody who has any row on it. */
export const isFolderVisible = (ask: Ask, folder: Folder): boolean =>
  rightOn(ask.world, ask.caller, folderPermissions(ask.world, folder)) !== undefined;

function folderRows(ask: Ask, only?: number): Row[] | undefined {
  const folders = ask.world.folders.filter(
    (folder) => (only === undefined || folder.id === only) && isFolderVisible(ask, folder),
  );
  if (only !== undefined && folders.length === 0) return undefined;
  return folders.flatMap((folder) =>
    folderPermissions(ask.world, folder).map((one) => folderRow(ask, folder, one)),
  );
}

type Rows = (ask: Ask, only?: number) => Row[] | undefined;

const list =
  (rows: Rows, container: string, names: string[]): Answer =>
  (ask) => {
    const found = rows(ask, numberFilter(ask, container));
    if (!found) return accessDenied;
    const [userId, groupId] = [numberFilter(ask, 'userId'), numberFilter(ask, 'groupId')];
    const wanted = found
      .filter((row) => userId === undefined || row.userId === userId)
      .filter((row) => groupId === undefined || row.groupId === groupId);
    return paged(ask, wanted, [container, 'userId', 'groupId', ...names]);
  };

const one =
  (rows: Rows): Answer =>
  (ask) => {
    const row = rows(ask)?.find(({ id }) => id === ask.ids[0]);
    return row ? ok(row) : accessDenied;
  };

const secretNeeds = ['View Secret'];
const folderNeeds = ['View Folders'];

export const permissionRoutes: Route[] = [
  {
    path: '/v1/secret-permissions',
    needs: secretNeeds,
    answer: list(secretRows, 'secretId', ['userName', 'groupName', 'domainName']),
  },
  { path: '/v1/secret-permissions/{id}', needs: secretNeeds, answer: one(secretRows) },
  {
    path: '/v1/folder-permissions',
    needs: folderNeeds,
    answer: list(folderRows, 'folderId', ['excludeEditors', 'excludeOwners', 'excludeViewers']),
  },
  { path: '/v1/folder-permissions/{id}', needs: folderNeeds, answer: one(folderRows) },
];
