import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The words of `ACL` from the line of the documentation, for this site and with this password. */
export function documentedUser(name: string, site: string, password: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/probes.md'), 'utf8');
  const line = /^ACL SETUSER .*$/m.exec(text)?.[0] ?? '';
  return line
    .replace('probe-dmz', name)
    .replace('>PASSWORD', `>${password}`)
    .replaceAll('vaultcheck-site:dmz', `vaultcheck-site:${site}`)
    .split(' ')
    .slice(1);
}
