import { accessDenied, ok, type Reply } from '../replies.ts';
import { folderPath } from '../world/find.ts';
import type { Folder } from '../world/secrets.ts';
import { paged } from './paging.ts';
import { isFolderVisible } from './permissions.ts';
import { type Answer, type Ask, filter, isOn, numberFilter, type Route, time } from './route.ts';

type Row = Record<string, unknown>;

const folderFilter = [
  'searchText',
  'folderTypeId',
  'parentFolderId',
  'onlyIncludeRootFolders',
  'permissionRequired',
];

/** The search text is part of a folder's own name, not of its path. */
function searchFolders(ask: Ask): Folder[] {
  const text = filter(ask, 'searchText')?.toLowerCase() ?? '';
  const parentId = numberFilter(ask, 'parentFolderId');
  return ask.world.folders
    .filter((folder) => isFolderVisible(ask, folder))
    .filter((folder) => parentId === undefined || folder.parentId === parentId)
    .filter((folder) => !isOn(ask, 'onlyIncludeRootFolders') || folder.parentId === -1)
    .filter(({ name }) => name.toLowerCase().includes(text));
}

const summary = (ask: Ask, folder: Folder): Row => ({
  id: folder.id,
  folderName: folder.name,
  folderPath: folderPath(ask.world, folder.id),
  parentFolderId: folder.parentId,
  folderTypeId: 1,
  inheritPermissions: folder.inheritsPermissions,
  inheritSecretPolicy: false,
  secretPolicyId: -1,
});

function withFolder(answer: (ask: Ask, folder: Folder) => Reply): Answer {
  return (ask) => {
    const folder = ask.world.folders.find(({ id }) => id === ask.ids[0]);
    return folder && isFolderVisible(ask, folder) ? answer(ask, folder) : accessDenied;
  };
}

const one = withFolder((ask, folder) => {
  const withChildren = ask.query.get('getAllChildren')?.toLowerCase() === 'true';
  const children = ask.world.folders
    .filter((child) => child.parentId === folder.id && isFolderVisible(ask, child))
    .map((child) => ({ ...summary(ask, child), childFolders: null, secretTemplates: null }));
  return ok({
    ...summary(ask, folder),
    childFolders: withChildren ? children : null,
    secretTemplates: null,
  });
});

const trail = withFolder((ask, { id }) => {
  const rows = ask.world.folderAudits.filter((audit) => audit.folderId === id);
  return paged(
    ask,
    rows.map((audit, at) => ({
      auditFolderId: at + 1,
      action: audit.action,
      dateRecorded: time(ask, audit.at),
      displayName: audit.displayName,
      notes: audit.notes,
    })),
  );
});

const needs = ['View Folders'];

export const folderRoutes: Route[] = [
  {
    path: '/v1/folders',
    needs,
    answer: (ask) =>
      paged(
        ask,
        searchFolders(ask).map((folder) => summary(ask, folder)),
        folderFilter,
      ),
  },
  {
    path: '/v1/folders/lookup',
    needs,
    answer: (ask) =>
      paged(
        ask,
        searchFolders(ask).map(({ id, name }) => ({ id, value: name })),
        folderFilter,
      ),
  },
  { path: '/v1/folders/{id}', needs, answer: one },
  { path: '/v1/folders/{id}/audit', needs, answer: trail },
];
