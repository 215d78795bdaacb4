import { memoryRefusals } from '../../src/adapters/memory/refusals.ts';
import { localNetwork } from '../../src/adapters/network/network.ts';
import { secretServer } from '../../src/adapters/secret-server/secret-server.ts';
import type { Integration } from '../../src/app/integration.ts';
import { type VerifyRequest, verify } from '../../src/app/verify.ts';
import { checks } from '../../src/checks/index.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { OpenNetwork } from '../../src/ports/network.ts';
import { type SimulatorOptions, simulateSecretServer } from '../../src/sandbox/secret-server/simulator.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { context } from '../given.ts';

const clock = { now: Date.now };

/** A simulated Secret Server with the real adapters in front of it. Closed with `await using`. */
export async function aVaultToVerify(
  options: SimulatorOptions = {},
  changed: Partial<Settings> = {},
  now: () => number = clock.now,
) {
  const server = await simulateSecretServer(options);
  const { username, domain, password } = server.reader;
  const open = secretServer({
    url: server.url,
    scannerUrl: server.url,
    reader: { username, domain, password: () => password },
    caPem: server.caPem,
    refusals: memoryRefusals(),
    now,
  });
  const { settings } = context({
    vaultUrl: server.url,
    scannerUrl: server.url,
    scanGroup: corp.scanGroup,
    folder: corp.folder,
    ...changed,
  });
  const local = localNetwork({ caPem: server.caPem, now: clock.now });
  // The simulator's port 80 lies elsewhere.
  const network: OpenNetwork = (run) => {
    const opened = local(run);
    return {
      ...opened,
      plainHttp: ({ host }) => opened.plainHttp({ host, port: server.plainHttp.port }),
    };
  };
  const integration: Integration = {
    settings,
    sources: { vault: open, network, sites: null, scanner: null, directory: null, journal: null },
  };
  return {
    server,
    integration,
    verify(secrets: readonly string[] = [corp.secret], request: Partial<VerifyRequest> = {}) {
      const runs = secrets.map((secret) => ({ runId: `run-${secret}`, secret }));
      const common = { deadlineMs: 15_000, clock, checks, version: '0.1.0' };
      return verify({ integration, runs, ...common, ...request });
    },
    async [Symbol.asyncDispose]() {
      await open.close();
      await server.close();
    },
  };
}
