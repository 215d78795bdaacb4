import type { HeldRole } from './evidence/account.ts';

/**
 * Whether one of the roles has a permission. Whether Secret Server writes `View Secret` or `ViewSecret` is not
 * documented, so names are compared without spaces and without case.
 */
export function holds(roles: readonly HeldRole[], permission: string): boolean {
  return roles.some((role) => role.permissions.some((name) => plain(name) === plain(permission)));
}

const powerWords = new Set(['administer', 'edit', 'own', 'delete', 'unlimited', 'bypass', 'impersonate']);

/** Whether a permission lets its holder do more than read, by its whole words; one that begins with View never does. */
export function isBeyondReading(permission: string): boolean {
  const words = wordsOf(permission);
  return words[0] !== 'view' && words.some((word) => powerWords.has(word));
}

/** `EditSecret` has the words of `Edit Secret`. */
function wordsOf(permission: string): string[] {
  const apart = permission.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return apart
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function plain(name: string): string {
  return name.replaceAll(/\s/g, '').toLowerCase();
}
