import type { SecretAuditRowRead, SecretTrailRange, Trail, Vault } from '../../ports/vault.ts';
import type { Ask } from './ask.ts';
import { rowsOf } from './paging.ts';
import { Folder, FolderPermission, SecretPermission } from './schemas/access.ts';
import { FolderAudit, SecretAudit } from './schemas/audits.ts';
import { AccessOptions, SecretRow, SecretState } from './schemas/secrets.ts';
import { trailOf } from './trail.ts';
import type { Query } from './wire.ts';

type Secrets = Pick<
  Vault,
  | 'secretsNamed'
  | 'secretsIn'
  | 'folderAt'
  | 'folder'
  | 'accessOfSecret'
  | 'accessOfFolder'
  | 'approvalRule'
  | 'commentRule'
  | 'checkOutState'
  | 'auditOfSecret'
  | 'auditOfFolder'
>;

/** Without these, DoubleLocked secrets and those that want approval or a comment are left out of a search. */
const everything = {
  'filter.includeRestricted': 'true',
  'filter.allowDoubleLocks': 'true',
  'filter.doNotCalculateTotal': 'true',
};

export function secrets(ask: Ask): Secrets {
  const options = (secretId: number) =>
    ask.once(`options ${secretId}`, () =>
      ask.one(`/api/v1/secret-access-requests/secrets/${secretId}/options`, AccessOptions),
    );
  return {
    secretsNamed: (name) => secretsNamed(ask, name),
    secretsIn: (folderId) =>
      search(ask, { 'filter.folderId': String(folderId), 'filter.includeSubFolders': 'true' }),
    folderAt: (path) => folderAt(ask, path),
    folder: (id) => ask.once(`folder ${id}`, () => ask.one(`/api/v1/folders/${id}`, Folder)),
    accessOfSecret: (secretId) =>
      rowsOf(ask, {
        path: '/api/v1/secret-permissions',
        row: SecretPermission,
        query: { 'filter.secretId': String(secretId) },
      }),
    accessOfFolder: (folderId) =>
      ask.once(`access ${folderId}`, () =>
        rowsOf(ask, {
          path: '/api/v1/folder-permissions',
          row: FolderPermission,
          query: { 'filter.folderId': String(folderId) },
        }),
      ),
    approvalRule: async (secretId) => (await options(secretId)).approval,
    commentRule: async (secretId) => {
      const { commentOrTicket } = await options(secretId);
      return { comment: commentOrTicket, ticket: commentOrTicket };
    },
    checkOutState: (secretId) => ask.one(`/api/v1/secrets/${secretId}/state`, SecretState),
    auditOfSecret: (secretId, range) => auditOfSecret(ask, secretId, range),
    auditOfFolder: (folderId, range) =>
      trailOf(ask, range, { path: `/api/v1/folders/${folderId}/audit`, row: FolderAudit }),
  };
}

/** The exact search matches field values as well, so the name is compared here. */
async function secretsNamed(ask: Ask, name: string) {
  const found = await search(ask, {
    'filter.searchText': name,
    'filter.isExactMatch': 'true',
    'filter.includeInactive': 'true',
  });
  return found.filter((secret) => secret.name.toLowerCase() === name.toLowerCase());
}

function search(ask: Ask, query: Query) {
  return rowsOf(ask, {
    path: '/api/v2/secrets',
    older: '/api/v1/secrets',
    row: SecretRow,
    query: { ...everything, ...query },
  });
}

/** Asked by search, so that "not there or not visible" (no hit) stays apart from "may not list folders" (denied). */
async function folderAt(ask: Ask, path: string) {
  const wanted = canonical(path);
  const query = { 'filter.searchText': wanted.slice(wanted.lastIndexOf('\\') + 1) };
  const found = await ask.once(`folders ${wanted}`, () =>
    rowsOf(ask, { path: '/api/v1/folders', row: Folder, query }),
  );
  return found.find((folder) => canonical(folder.path) === wanted) ?? null;
}

function canonical(path: string): string {
  return `\\${path
    .split(/[\\/]+/)
    .filter(Boolean)
    .join('\\')}`.toLowerCase();
}

function auditOfSecret(
  ask: Ask,
  secretId: number,
  range: SecretTrailRange,
): Promise<Trail<SecretAuditRowRead>> {
  const query: Query = range.includePasswordLog ? { 'filter.includePasswordChangeLog': 'true' } : {};
  return trailOf(ask, range, {
    path: `/api/v1/secrets/${secretId}/audits`,
    row: SecretAudit,
    query,
    until: range.until,
  });
}
