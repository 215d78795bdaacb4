import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeft, type Naming, type SpoolFile, spoolFile } from './spool-file.ts';

/** Oldest first. A folder that nothing was ever kept in does not exist. */
async function filesIn(folder: string): Promise<SpoolFile[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => spoolFile(name) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function bytesIn(folder: string): Promise<number> {
  const sizes = (await filesIn(folder)).map(({ name }) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The files that this process may hand in, oldest first, each renamed so that it is nobody else's. */
export async function claim(folder: string, { owner, next }: Naming): Promise<string[]> {
  const paths: string[] = [];
  for (const one of await filesIn(folder)) {
    const path = join(folder, one.name);
    const own = one.owner === owner;
    if (own && one.state === 'draining') paths.push(path);
    else if (own || (await isLeft(one, path))) {
      const now = join(folder, next('draining', one.at));
      if (await renamed(path, now)) paths.push(now);
    }
  }
  return paths;
}

/** False: another process was faster. */
function renamed(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    () => false,
  );
}

/** Hands in every line of a file, and removes it. What `take` rejects with leaves it as it is. */
export async function drainFile(path: string, take: (line: string) => Promise<void>): Promise<number> {
  const handle = await open(path);
  let taken = 0;
  try {
    for await (const line of handle.readLines({ autoClose: false })) {
      if (line === '') continue;
      await take(line);
      taken += 1;
    }
  } finally {
    await handle.close();
  }
  await rm(path, { force: true });
  return taken;
}

/** Why nothing can be written in a folder, for people. Tried by writing, since permissions are not the only reason. */
export async function folderProblem(folder: string, owner: string): Promise<string | null> {
  const path = join(folder, `${owner}.trial`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, 'x');
    await rm(path);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return `nothing can be written in ${folder} (${code}): set VAULTCHECK_DATA to a folder that can`;
  }
}
