import { randomUUID } from 'node:crypto';
import {
  type ActiveDirectoryOptions,
  activeDirectory,
} from '../../../src/adapters/directory/active-directory.ts';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import {
  changePassword,
  disable,
  expire,
  expirePassword,
  lock,
  lockRunOut,
  mustChange,
} from '../../../src/sandbox/directory/changes.ts';
import { simulateDirectory } from '../../../src/sandbox/directory/simulator.ts';
import { addDirectoryUser, healthyDirectory } from '../../../src/sandbox/directory/world.ts';
import { type DirectoryPlace, directoryContract, states, type Variant } from '../../contracts/directory.ts';

const names = Object.fromEntries(states.map((state) => [state, `scan-${state}`])) as DirectoryPlace['names'];
const hostileName = 'scan (eu)*';

async function place(): Promise<DirectoryPlace> {
  const world = healthyDirectory({ canary: `canary-${randomUUID()}` });
  for (const state of states)
    addDirectoryUser(world, {
      name: names[state],
      principalName: state === 'healthy' ? 'scan.admin@corp.example' : null,
      passwordNeverExpires: state === 'neverExpires',
    });
  world.users = world.users.filter((one) => one.name !== 'scanadmin');
  addDirectoryUser(world, { name: hostileName });
  lock(world, names.locked);
  lockRunOut(world, names.lockRanOut);
  disable(world, names.disabled);
  expire(world, names.expired);
  expirePassword(world, names.passwordExpired);
  mustChange(world, names.mustChange);
  const server = await simulateDirectory({ world });
  const wrong = `wrong-${world.canary}`;
  const options = (): ActiveDirectoryOptions => ({
    url: server.url,
    startTls: false,
    baseDn: world.baseDn,
    bindDn: server.bind.dn,
    bindPassword: () => server.bind.password,
    caPem: server.caPem,
    refusals: memoryRefusals(),
    now: Date.now,
  });
  const variants: Record<Variant, Partial<ActiveDirectoryOptions>> = {
    'encrypted-later': { url: server.plainUrl, startTls: true },
    'wrong-password': { bindPassword: () => wrong },
    'unknown-authority': { caPem: undefined },
    'no-such-base': { baseDn: 'ou=nowhere,dc=corp,dc=example' },
  };
  return {
    open: activeDirectory(options()),
    openAs: (variant) => activeDirectory({ ...options(), ...variants[variant] }),
    domain: { dnsName: world.dnsName, netbiosName: world.netbiosName },
    names,
    principalName: 'scan.admin@corp.example',
    hostileName,
    setPassword: async (name) => changePassword(world, name),
    sealed: () => [server.bind.password, wrong, world.canary],
    close: () => server.close(),
  };
}

directoryContract('the simulated domain', place);
