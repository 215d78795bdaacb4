import { GapError } from '../domain/gap.ts';
import type { Settings } from '../domain/settings.ts';
import type { Vault } from '../ports/vault.ts';
import type { Integration } from './integration.ts';
import { type Question, withDoor } from './question.ts';

/** `unwatched`: how many secrets of the folder no list holds; 0 without a folder, null where it cannot be read. */
export type WatchedSecrets = { names: string[]; unwatched: number | null };

/**
 * The names that `--all` and the watch cover: the configured list, or every active secret in the folder and below it.
 * Throws GapError when they are what lies in the folder and the folder cannot be read.
 */
export async function watchedSecrets(integration: Integration, question: Question): Promise<WatchedSecrets> {
  const { secrets, folder } = integration.settings;
  return withDoor(integration, question, 'the secrets of the folder', async ({ vault }) => {
    if (secrets === 'folder') return { names: await namesIn(vault, folder), unwatched: 0 };
    return { names: secrets, unwatched: await unwatchedIn(vault, folder, secrets) };
  });
}

/**
 * What to say where a folder turned out to hold nothing: that no secret failed is no good news then. Perhaps they were
 * moved, or are shared with the reader no longer. Null where there is something to check, or a list that says what.
 */
export function nothingWatched(
  { integration, secrets, folder }: Pick<Settings, 'integration' | 'secrets' | 'folder'>,
  names: readonly string[],
): string | null {
  if (secrets !== 'folder' || names.length > 0) return null;
  return `${integration}: the reader sees no secret in the folder ${folder}, so nothing of it was checked.`;
}

async function unwatchedIn(
  vault: Vault,
  folder: string | null,
  watched: readonly string[],
): Promise<number | null> {
  if (folder === null) return 0;
  try {
    const names = await namesIn(vault, folder);
    return names.filter((name) => !watched.includes(name)).length;
  } catch (error) {
    if (error instanceof GapError) return null;
    throw error;
  }
}

/** Each name once, in alphabetical order. */
async function namesIn(vault: Vault, path: string | null): Promise<string[]> {
  const folder = path === null ? null : await vault.folderAt(path);
  if (!folder) throw unseen(path);
  const names = (await vault.secretsIn(folder.id)).filter(({ active }) => active).map(({ name }) => name);
  return [...new Set(names)].sort();
}

function unseen(path: string | null): GapError {
  if (path === null) {
    const detail = 'The secrets to watch are those of the folder, and no folder is configured.';
    return new GapError({ source: 'vaultcheck', cause: 'not-configured', detail });
  }
  const detail = `The folder ${path} is not there, or the reader has no View on it.`;
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}
