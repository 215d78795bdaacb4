import { it } from 'vitest';
import {
  type ActiveDirectoryOptions,
  activeDirectory,
} from '../../../src/adapters/directory/active-directory.ts';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { type DirectoryPlace, directoryContract, states, type Variant } from '../../contracts/directory.ts';
import { sambaAbsence, startSamba } from './samba.ts';
import { fillDomain, ownName, samePassword, setPassword } from './samba-accounts.ts';

const names = Object.fromEntries(states.map((state) => [state, `scan-${state}`])) as DirectoryPlace['names'];
const principalName = 'scan.admin@corp.vaultcheck.test';
// A real domain takes neither the star nor most other marks into a logon name.
const hostileName = 'scan (eu)';

async function place(): Promise<DirectoryPlace> {
  const samba = await startSamba();
  try {
    await fillDomain(samba, names, { principalName, hostileName });
  } catch (error) {
    await samba.stop();
    throw error;
  }
  const wrong = 'Wr0ng-of-the-test';
  const options = (): ActiveDirectoryOptions => ({
    url: `ldaps://${samba.host}`,
    startTls: false,
    baseDn: samba.baseDn,
    bindDn: `CN=${ownName},CN=Users,${samba.baseDn}`,
    bindPassword: () => samePassword,
    caPem: samba.caPem,
    refusals: memoryRefusals(),
    now: Date.now,
  });
  const variants: Record<Variant, Partial<ActiveDirectoryOptions>> = {
    'encrypted-later': { url: `ldap://${samba.host}`, startTls: true },
    'wrong-password': { bindPassword: () => wrong },
    'unknown-authority': { caPem: undefined },
    'no-such-base': { baseDn: `OU=nowhere,${samba.baseDn}` },
  };
  return {
    open: activeDirectory(options()),
    openAs: (variant) => activeDirectory({ ...options(), ...variants[variant] }),
    domain: { dnsName: samba.dnsName, netbiosName: samba.netbiosName },
    names,
    principalName,
    hostileName,
    setPassword: (name) => setPassword(samba, name, `Ch4nged-of-the-test-${Date.now()}`),
    sealed: () => [samePassword, wrong, samba.administrator.password, 'canary-of-the-test'],
    close: () => samba.stop(),
  };
}

const absence = sambaAbsence();
if (absence === undefined) directoryContract('a real Samba domain controller', place);
else it.skip(`the directory contract over a real Samba domain controller: ${absence}`, () => undefined);
