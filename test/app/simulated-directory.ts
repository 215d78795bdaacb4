import { activeDirectory } from '../../src/adapters/directory/active-directory.ts';
import { memoryRefusals } from '../../src/adapters/memory/refusals.ts';
import type { OpenDirectory } from '../../src/ports/directory.ts';
import type { DirectorySimulator } from '../../src/sandbox/directory/simulator.ts';

/** The real adapter in front of a simulated directory. */
export function directoryFrom(
  { url, caPem, bind, world }: DirectorySimulator,
  now: () => number = Date.now,
): OpenDirectory {
  return activeDirectory({
    url,
    startTls: false,
    baseDn: world.baseDn,
    bindDn: bind.dn,
    bindPassword: () => bind.password,
    caPem,
    requestTimeoutMs: 5_000,
    refusals: memoryRefusals(),
    now,
  });
}
