import { memoryRefusals } from '../../src/adapters/memory/refusals.ts';
import { memoryTurns } from '../../src/adapters/memory/turns.ts';
import { qualys } from '../../src/adapters/qualys/qualys.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { simulateQualys } from '../../src/sandbox/qualys/simulator.ts';
import { corpQualys, healthyQualys } from '../../src/sandbox/qualys/world/healthy.ts';
import type { World as QualysWorld } from '../../src/sandbox/qualys/world/world.ts';
import { corp, healthyWorld } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { World as VaultWorld } from '../../src/sandbox/secret-server/world/world.ts';
import { aVaultToVerify } from './end-to-end.ts';

type Given = {
  vaultWorld?: VaultWorld;
  scannerWorld?: (scannerUrl: string) => QualysWorld;
  settings?: Partial<Settings>;
};

/** A simulated Secret Server and a simulated Qualys that points at it, with the real adapters in front of both. */
export async function bothEnds({ vaultWorld, scannerWorld, settings }: Given = {}) {
  const vault = await aVaultToVerify(
    { world: vaultWorld ?? healthyWorld() },
    {
      folderAdmins: [corp.administrators],
      appliances: [
        {
          name: corpQualys.appliance,
          addresses: [corp.applianceAddress],
          lan: corpQualys.lan,
          site: null,
        },
      ],
      ...settings,
    },
  );
  const { url } = vault.server;
  const world = scannerWorld?.(url) ?? healthyQualys({ scannerUrl: url });
  const server = await simulateQualys({ world });
  const { username, password } = world.account;
  const scanner = qualys({
    url: server.url,
    username,
    password: () => password,
    turns: memoryTurns(),
    refusals: memoryRefusals(),
    pauses: { busyMs: [1], failingMs: [1] },
    keepMs: 0,
    now: Date.now,
  });
  vault.integration.sources.scanner = scanner;
  vault.integration.settings.qualys = {
    url: server.url,
    username,
    vaults: [],
    recordTypes: ['windows', 'unix'],
    failedAuthenticationQids: [...corpQualys.failedAuthenticationQids],
  };
  return {
    vault: vault.server,
    scanner: server,
    integration: vault.integration,
    verify: vault.verify,
    async [Symbol.asyncDispose]() {
      scanner.close();
      await server.close();
      await vault[Symbol.asyncDispose]();
    },
  };
}
