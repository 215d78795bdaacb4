import { memoryRefusals } from './adapters/memory/refusals.ts';
import { localNetwork } from './adapters/network/network.ts';
import { secretServer } from './adapters/secret-server/secret-server.ts';
import type { Integration } from './app/integration.ts';
import type { OpenIntegrations } from './cli/world.ts';
import type { Environment } from './config/environment.ts';
import type { IntegrationConfig } from './config/integration.ts';
import { proxyFor } from './config/proxy.ts';
import type { Refusals } from './ports/refusals.ts';
import type { Telemetry } from './ports/telemetry.ts';

/** What all integrations of a process share. */
export type Shared = {
  environment: Environment;
  refusals: Refusals;
  telemetry?: Telemetry | undefined;
  now: () => number;
};

/** `close` ends the reader's token at the vault and kept connections. */
export type ComposedIntegration = Integration & { close(): Promise<void> };

export function composeIntegration(config: IntegrationConfig, shared: Shared): ComposedIntegration {
  const { settings } = config;
  const { ca, insecure, password, proxy } = config.secretServer;
  const { environment, refusals, telemetry, now } = shared;
  const caPem = ca ?? undefined;
  const vault = secretServer({
    url: settings.vaultUrl,
    scannerUrl: settings.scannerUrl,
    reader: { ...settings.reader, password: password.reveal },
    caPem,
    proxy: proxy ? proxyFor(settings.vaultUrl, environment.proxy)?.reveal() : undefined,
    allowInsecure: insecure,
    refusals,
    telemetry,
    now,
  });
  return {
    settings,
    sources: { vault, network: localNetwork({ caPem, now }), scanner: null, directory: null },
    close: () => vault.close(),
  };
}

/** Integrations for one command: refused logins are remembered as long as it runs. */
export async function openIntegrations(
  configs: readonly IntegrationConfig[],
  environment: Environment,
): Promise<OpenIntegrations> {
  return composeIntegrations(configs, { environment, refusals: memoryRefusals(), now: Date.now });
}

export function composeIntegrations(configs: readonly IntegrationConfig[], shared: Shared): OpenIntegrations {
  const integrations = configs.map((config) => composeIntegration(config, shared));
  return {
    integrations,
    async close() {
      await Promise.all(integrations.map((one) => one.close()));
    },
  };
}
