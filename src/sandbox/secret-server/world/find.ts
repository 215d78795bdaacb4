import type { Group, User } from './accounts.ts';
import type { Folder, Secret } from './secrets.ts';
import type { World } from './world.ts';

/** `CORP\svc-qualys` for an account of a domain, `jane` for a local one. */
export function accountName(world: World, user: User): string {
  const domain = domainName(world, user.domainId);
  return domain === null ? user.userName : `${domain}\\${user.userName}`;
}

export function domainName(world: World, domainId: number): string | null {
  return world.domains.find((domain) => domain.id === domainId)?.name ?? null;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** By `DOMAIN\name`, or a bare name where only one account has it; the first wins. */
export function findUser(world: World, name: string): User | undefined {
  return (
    world.users.find((user) => same(accountName(world, user), name)) ??
    world.users.find((user) => same(user.userName, name))
  );
}

export function user(world: World, name: string): User {
  return found(findUser(world, name), `account ${name}`);
}

export function group(world: World, name: string): Group {
  return found(
    world.groups.find((one) => same(one.name, name)),
    `group ${name}`,
  );
}

/** A secret by id, or by name (the first one that has it). */
export function secret(world: World, which: number | string): Secret {
  const match = (one: Secret) => (typeof which === 'number' ? one.id === which : one.name === which);
  return found(world.secrets.find(match), `secret ${which}`);
}

/** A folder by its path, such as `\Scan Credentials`. */
export function folder(world: World, path: string): Folder {
  return found(
    world.folders.find((one) => folderPath(world, one.id) === path),
    `folder ${path}`,
  );
}

/** `\Scan Credentials\Unix`; empty for a secret without folder. */
export function folderPath(world: World, folderId: number): string {
  const one = world.folders.find((candidate) => candidate.id === folderId);
  return one ? `${folderPath(world, one.parentId)}\\${one.name}` : '';
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (!thing) throw new Error(`The simulated Secret Server has no ${what}.`);
  return thing;
}
