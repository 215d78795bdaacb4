import type { ReaderState } from '../domain/doctor/reader.ts';
import { GapError } from '../domain/gap.ts';
import type { Settings } from '../domain/settings.ts';
import type { SecretSummaryRead, Vault } from '../ports/vault.ts';
import { sideBySide } from './side-by-side.ts';
import { toldOf } from './told.ts';

/** At most this many at a time; the vault's own limit of requests holds besides. */
const secretsAtOnce = 4;

/** The reader as the vault knows it. */
export async function readerState(vault: Vault, settings: Settings): Promise<ReaderState> {
  const login = await toldOf(vault.signIn());
  const [permissions, bare] = await Promise.all([
    toldOf(vault.self().then((self) => self.permissions)),
    toldOf(bareSecrets(vault, settings)),
  ]);
  return { login, permissions, bare };
}

/** Watched secrets without a launcher. Who sees a secret's permissions has View on it, and so its password. */
async function bareSecrets(vault: Vault, settings: Settings) {
  const watched = await watchedRows(vault, settings);
  const bare = watched.filter((one) => one.active && !one.hasLauncher);
  return sideBySide(bare, secretsAtOnce, async ({ id, name }) => ({
    name,
    readable: await isReadable(vault, id),
  }));
}

async function watchedRows(vault: Vault, { secrets, folder }: Settings): Promise<SecretSummaryRead[]> {
  if (secrets !== 'folder') {
    const found = await sideBySide(secrets, secretsAtOnce, async (name) =>
      (await vault.secretsNamed(name)).filter((one) => one.name === name),
    );
    return found.flat();
  }
  const found = folder === null ? null : await vault.folderAt(folder);
  if (found) return vault.secretsIn(found.id);
  const detail = `The folder ${folder ?? ''} is not there, or the reader has no View on it.`;
  throw new GapError({ source: 'secret-server', cause: 'absent', detail });
}

async function isReadable(vault: Vault, secretId: number): Promise<boolean | null> {
  const access = await toldOf(vault.accessOfSecret(secretId));
  if ('known' in access) return true;
  return access.gap.cause === 'denied' ? false : null;
}
