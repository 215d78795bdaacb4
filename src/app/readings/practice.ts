import { GapError } from '../../domain/gap.ts';
import { ifKnown } from '../../domain/told.ts';
import { endpointOf } from '../asked-once.ts';
import type { BatchDoor, Readings, SecretDoor } from '../reading.ts';
import { toldOf } from '../told.ts';
import { untold } from './configuration.ts';
import { theOneSecret } from './the-one-secret.ts';
import { rangeOf, rowsWithin } from './vault-times.ts';

/** How Secret Server and the dedicated folder are set up. */
export const practiceReadings = {
  plainHttp: {
    source: 'secret-server',
    scope: 'batch',
    what: 'what port 80 of its host answers',
    async read({ settings, network, vault }) {
      const { forceHttps } = await vault.configuration();
      if (forceHttps !== false) return null;
      const { host } = endpointOf(settings.vaultUrl);
      return { host, ...(await network.plainHttp({ host, port: 80 })) };
    },
  },
  strictTransport: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the setting "Enable HSTS"',
    async read({ vault }) {
      const { hstsEnabled, hstsMaxAgeSeconds } = await vault.configuration();
      if (hstsEnabled === null) throw untold('"Enable HSTS"');
      return { enabled: hstsEnabled, maxAgeSeconds: hstsMaxAgeSeconds };
    },
  },
  secretFolder: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the folder of the secret',
    read: secretFolder,
  },
  folderAccess: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the permissions of the folder',
    read: folderAccess,
  },
  folderAudit: {
    source: 'secret-server',
    scope: 'secret',
    what: "the audit of the secret's folder",
    read: folderAudit,
  },
} as const satisfies Partial<Readings>;

/** Servers before 2023 tell the folder's id alone. Folders are asked once for all their secrets. */
async function secretFolder(from: SecretDoor) {
  const { folderId, folderPath } = await theOneSecret(from);
  if (folderId === null) return null;
  return { path: folderPath ?? (await pathOf(from, folderId)) };
}

/** Most secrets lie in the dedicated folder, whose path is known already. */
async function pathOf({ settings, vault }: SecretDoor, folderId: number): Promise<string> {
  const told = settings.folder === null ? undefined : await toldOf(vault.folderAt(settings.folder));
  const dedicated = told && ifKnown(told);
  return dedicated?.id === folderId ? dedicated.path : (await vault.folder(folderId)).path;
}

async function folderAccess({ settings, vault }: BatchDoor) {
  const path = settings.folder;
  if (path === null) return null;
  const [folder, self] = await Promise.all([vault.folderAt(path), toldOf(vault.self())]);
  if (!folder) {
    const detail = `The reader sees no folder ${path}: it was renamed or deleted, or is not shared with the reader.`;
    throw new GapError({ source: 'secret-server', cause: 'absent', detail });
  }
  const entries = await vault.accessOfFolder(folder.id);
  return { path: folder.path, entries, readerId: 'known' in self ? self.known.id : null };
}

/** A folder's permissions are its secrets' where these inherit. Folders are asked once for all their secrets. */
async function folderAudit(from: SecretDoor) {
  const clock = toldOf(from.ask('vaultClock'));
  const { folderId, folderPath, inheritsPermissions } = await theOneSecret(from);
  if (!inheritsPermissions || folderId === null) return null;
  const told = await clock;
  if ('gap' in told) throw new GapError(told.gap);
  const window = { clock: told.known, start: from.at - from.settings.scanEveryMs };
  const trail = await from.vault.auditOfFolder(folderId, rangeOf(window));
  return rowsWithin(trail, window, `the folder ${folderPath ?? folderId}`);
}
