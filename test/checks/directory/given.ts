import type { DirectoryAccount } from '../../../src/domain/evidence/directory.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at } from '../../given.ts';

/** An account that can log in, whose password is 30 days old and never expires. */
export function directoryAccount(changed: Partial<DirectoryAccount> = {}): DirectoryAccount {
  return {
    name: 'scanadmin',
    enabled: true,
    locked: false,
    lockedAt: null,
    expires: null,
    mustChangePassword: false,
    passwordLastSet: at - 30 * dayMs,
    passwordExpired: false,
    passwordExpires: null,
    ...changed,
  };
}

export function withDirectory(
  accounts: Record<string, string> = { scanadmin: 'scanadmin' },
): Partial<Settings> {
  return { directory: { url: 'ldaps://dc01.corp.example', baseDn: 'dc=corp,dc=example', accounts } };
}
