import { type DirectoryUser, type DirectoryWorld, isLocked, passwordExpiry } from './world.ts';

export type LoginAnswer = { code: number; text: string; user: DirectoryUser | null };

/**
 * A simple bind by distinguished name, principal name or `DOMAIN\name`. Wrong passwords count and lock the account, as
 * they do in a real domain; only with the right one does the server say what else is wrong.
 */
export function tryLogin(world: DirectoryWorld, name: string, password: string): LoginAnswer {
  const user = world.users.find((one) => namesOf(world, one).includes(canonical(name)));
  if (!user) return refused('52e');
  if (isLocked(world, user)) return refused('775');
  if (password === '' || password !== user.password) {
    user.badPasswords += 1;
    if (user.badPasswords >= world.lockoutThreshold) user.lockedAt = world.now();
    return refused('52e');
  }
  const code = obstacle(world, user);
  if (code !== null) return refused(code);
  Object.assign(user, { badPasswords: 0, lockedAt: null });
  return { code: 0, text: '', user };
}

/** Microsoft's sub code. */
function obstacle(world: DirectoryWorld, user: DirectoryUser): string | null {
  if (user.disabled) return '533';
  if (user.expiresAt !== null && user.expiresAt <= world.now()) return '701';
  const expiry = passwordExpiry(world, user);
  if (expiry === 0) return '773';
  return expiry !== null && expiry <= world.now() ? '532' : null;
}

function refused(code: string): LoginAnswer {
  const text = `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${code}, v4563`;
  return { code: 49, text, user: null };
}

function namesOf({ dnsName, netbiosName }: DirectoryWorld, user: DirectoryUser): string[] {
  const names = [
    user.dn,
    user.principalName ?? '',
    `${user.name}@${dnsName}`,
    `${netbiosName}\\${user.name}`,
  ];
  return names.filter(Boolean).map(canonical);
}

/** Names compare without case, and without blanks around the parts of a distinguished name. */
export function canonical(name: string): string {
  return name.toLowerCase().replaceAll(/\s*([,=])\s*/g, '$1');
}
