import { type DirectoryWorld, directoryUser } from './world.ts';

const day = 86_400_000;

/** What happens to accounts of the directory. Each takes the logon name and is seen by the next search. */

/** Too many wrong passwords, just now. */
export function lock(world: DirectoryWorld, name: string): void {
  Object.assign(directoryUser(world, name), {
    lockedAt: world.now(),
    badPasswords: world.lockoutThreshold,
  });
}

/** A lock whose time is over: its moment stays written down, and the account works. */
export function lockRunOut(world: DirectoryWorld, name: string): void {
  lock(world, name);
  directoryUser(world, name).lockedAt = world.now() - world.lockoutMs - 60_000;
}

export function unlock(world: DirectoryWorld, name: string): void {
  Object.assign(directoryUser(world, name), { lockedAt: null, badPasswords: 0 });
}

export function disable(world: DirectoryWorld, name: string): void {
  directoryUser(world, name).disabled = true;
}

export function enable(world: DirectoryWorld, name: string): void {
  directoryUser(world, name).disabled = false;
}

/** The account itself, since yesterday unless told otherwise. */
export function expire(world: DirectoryWorld, name: string, at = world.now() - day): void {
  directoryUser(world, name).expiresAt = at;
}

/** The password's age is over, by a day. */
export function expirePassword(world: DirectoryWorld, name: string): void {
  const passwordSetAt = world.now() - world.maxPasswordAgeMs - day;
  Object.assign(directoryUser(world, name), { passwordSetAt, passwordNeverExpires: false });
}

export function mustChange(world: DirectoryWorld, name: string): void {
  Object.assign(directoryUser(world, name), { passwordSetAt: null, passwordNeverExpires: false });
}

/** An administrator sets a new password here, and nowhere else. */
export function changePassword(world: DirectoryWorld, name: string, at = world.now()): void {
  const password = `changed-${at}-${world.canary}`;
  Object.assign(directoryUser(world, name), { passwordSetAt: at, password });
}
