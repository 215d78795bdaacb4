import { describe, expect, it } from 'vitest';
import { simulateDirectory } from '../../src/sandbox/directory/simulator.ts';
import {
  addDirectoryUser,
  type DirectoryWorld,
  healthyDirectory,
} from '../../src/sandbox/directory/world.ts';
import { manySecrets } from '../../src/sandbox/secret-server/world/build.ts';
import { folder } from '../../src/sandbox/secret-server/world/find.ts';
import { corp, healthyWorld } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { World } from '../../src/sandbox/secret-server/world/world.ts';
import { bothEnds } from './both-ends.ts';
import { directoryFrom } from './simulated-directory.ts';

type Given = { vaultWorld?: World; domain?: DirectoryWorld; accounts?: Record<string, string> };

/** Secret Server, Qualys and the directory, all three simulated, with the real adapters in front. */
async function theWholeChain({
  vaultWorld = healthyWorld(),
  domain = healthyDirectory(),
  accounts = { [corp.secret]: 'CORP\\scanadmin' },
}: Given = {}) {
  const server = await simulateDirectory({ world: domain });
  const { url } = server;
  const { baseDn } = domain;
  const ends = await bothEnds({ vaultWorld, settings: { directory: { url, baseDn, accounts } } });
  ends.integration.sources.directory = directoryFrom(server);
  return {
    ...ends,
    async [Symbol.asyncDispose]() {
      await ends[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

const total = (calls: Record<string, number> = {}) => Object.values(calls).reduce((sum, one) => sum + one, 0);

describe('what a check asks of all systems together', () => {
  it('is at most 40 calls, and every check of the healthy world passes', async () => {
    await using chain = await theWholeChain();
    const [one] = await chain.verify();
    const others = one?.report.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id);
    expect(others).toEqual(['siem-receiving']);
    expect(one?.report.proof.level).toBe('proved');
    expect(Object.keys(one?.report.calls ?? {}).sort()).toEqual(['directory', 'qualys', 'secret-server']);
    expect(total(one?.report.calls)).toBeLessThanOrEqual(40);
    expect(chain.vault.traffic.forbidden).toEqual([]);
  });

  it('is at most 50, and 5 for each of 200 secrets with check-out and an account', {
    timeout: 120_000,
  }, async () => {
    const vaultWorld = healthyWorld();
    const domain = healthyDirectory();
    const secrets = manySecrets(vaultWorld, 200, folder(vaultWorld, corp.folder).id);
    const accounts: Record<string, string> = {};
    for (const secret of secrets) {
      secret.checkOut.enabled = true;
      addDirectoryUser(domain, { name: secret.name });
      accounts[secret.name] = `CORP\\${secret.name}`;
    }
    await using chain = await theWholeChain({ vaultWorld, domain, accounts });
    const all = await chain.verify(Object.keys(accounts), { deadlineMs: 100_000 });
    expect(all.every(({ report }) => report.subject.secretId !== null)).toBe(true);
    const usable = all.map(({ report }) => report.checks.find(({ id }) => id === 'directory-account-usable'));
    expect(new Set(usable.map((row) => row?.verdict))).toEqual(new Set(['pass']));
    expect(total(all[0]?.report.calls)).toBeLessThanOrEqual(50 + 5 * 200);
  });
});
