import { activeDirectory } from './adapters/directory/active-directory.ts';
import { memoryRefusals } from './adapters/memory/refusals.ts';
import { memoryTurns } from './adapters/memory/turns.ts';
import { localNetwork } from './adapters/network/network.ts';
import { type Qualys, qualys } from './adapters/qualys/qualys.ts';
import { type RedisClient, redisClient, whenReady } from './adapters/redis/connect.ts';
import { redisJournal } from './adapters/redis/journal.ts';
import { redisRefusals } from './adapters/redis/records/once.ts';
import { redisSites } from './adapters/redis/sites/ask.ts';
import type { RedisTarget } from './adapters/redis/target.ts';
import { redisTurns } from './adapters/redis/turns.ts';
import { secretServer } from './adapters/secret-server/secret-server.ts';
import type { Integration, OpenedIntegrations } from './app/integration.ts';
import type { Environment } from './config/environment.ts';
import type { IntegrationConfig } from './config/integration.ts';
import { proxyFor } from './config/proxy.ts';
import { dayMs } from './domain/instant.ts';
import type { OpenDirectory } from './ports/directory.ts';
import type { Refusals } from './ports/refusals.ts';
import type { Telemetry } from './ports/telemetry.ts';
import type { Turns } from './ports/turns.ts';

/** What all integrations of a process share. */
export type Shared = {
  environment: Environment;
  refusals: Refusals;
  /** Whose turn it is at a vendor that counts over all of us. */
  turns: Turns;
  /** The way to the probes of sites; absent without a Redis. */
  redis?: RedisClient | null;
  /** How long events are kept. Default 30 days. */
  journalKeepMs?: number;
  /** How long answers of Qualys are kept; absent: as long as the adapter finds right. */
  keepMs?: number;
  telemetry?: Telemetry | undefined;
  now: () => number;
};

/** `close` ends the reader's token at the vault and kept connections. */
export type ComposedIntegration = Integration & { close(): Promise<void> };

function composeIntegration(
  config: IntegrationConfig,
  shared: Shared,
  scanners: Scanners,
): ComposedIntegration {
  const { settings } = config;
  const { ca, insecure, password, proxy } = config.secretServer;
  const { environment, refusals, turns, telemetry, now } = shared;
  const caPem = ca ?? undefined;
  const vault = secretServer({
    url: settings.vaultUrl,
    scannerUrl: settings.scannerUrl,
    reader: { ...settings.reader, password: password.reveal },
    caPem,
    proxy: proxy ? proxyFor(settings.vaultUrl, environment.proxy)?.reveal() : undefined,
    allowInsecure: insecure,
    refusals,
    turns,
    telemetry,
    now,
  });
  const scanner = scannerOf(config, shared, scanners);
  return {
    settings,
    sources: {
      vault,
      network: localNetwork({ caPem, now }),
      sites: shared.redis ? redisSites({ redis: shared.redis, caPem }) : null,
      scanner,
      directory: directoryOf(config, shared),
      journal: shared.redis ? redisJournal(shared.redis, shared.journalKeepMs ?? 30 * dayMs) : null,
    },
    async close() {
      await vault.close();
    },
  };
}

function directoryOf({ settings, ...config }: IntegrationConfig, shared: Shared): OpenDirectory | null {
  if (!settings.directory || !config.directory) return null;
  const { url, baseDn } = settings.directory;
  const { bindDn, bindPassword, ca, insecure, startTls } = config.directory;
  const { refusals, telemetry, now } = shared;
  return activeDirectory({
    url,
    baseDn,
    bindDn,
    bindPassword: bindPassword.reveal,
    startTls,
    caPem: ca ?? undefined,
    allowInsecure: insecure,
    refusals,
    telemetry,
    now,
  });
}

/** Integrations on one subscription share its lists, and what was heard from it. */
type Scanners = Map<string, Qualys>;

function scannerOf(config: IntegrationConfig, shared: Shared, scanners: Scanners): Qualys | null {
  const { settings } = config;
  if (!settings.qualys || !config.qualys) return null;
  const { url, username } = settings.qualys;
  const { ca, insecure, password } = config.qualys;
  const login = JSON.stringify([url, username, password.reveal(), ca, insecure]);
  const scanner = scanners.get(login) ?? newScanner({ ...settings.qualys, ...config.qualys }, shared);
  scanners.set(login, scanner);
  return scanner;
}

type QualysConfig = NonNullable<IntegrationConfig['settings']['qualys']> &
  NonNullable<IntegrationConfig['qualys']>;

function newScanner({ url, username, password, ca, insecure }: QualysConfig, shared: Shared): Qualys {
  const { environment, refusals, turns, telemetry, keepMs, now } = shared;
  return qualys({
    url,
    username,
    password: password.reveal,
    caPem: ca ?? undefined,
    proxy: proxyFor(url, environment.proxy)?.reveal(),
    allowInsecure: insecure,
    refusals,
    turns,
    telemetry,
    now,
    ...(keepMs === undefined ? {} : { keepMs }),
  });
}

/**
 * Integrations for one command. With `REDIS_URL` it shares with the service what was refused, whose turn it is and the
 * sites; while that Redis is away, and without one, it does without.
 */
export async function openIntegrations(
  configs: readonly IntegrationConfig[],
  environment: Environment,
): Promise<OpenedIntegrations> {
  const redis = environment.redis && (await hastyClient(environment.redis));
  const opened = composeIntegrations(configs, {
    environment,
    redis,
    refusals: redis?.status === 'ready' ? redisRefusals(redis) : memoryRefusals(),
    turns: redis ? redisTurns(redis) : memoryTurns(),
    now: Date.now,
  });
  return {
    ...opened,
    async close() {
      await opened.close();
      redis?.disconnect();
    },
  };
}

const redisWithinMs = 3_000;

/** A client whether Redis answers or not: who uses it tells what is missing. */
async function hastyClient(target: RedisTarget): Promise<RedisClient> {
  const client = redisClient(target, 'hasty', () => {});
  await whenReady(client, target, redisWithinMs).catch(() => undefined);
  return client;
}

export function composeIntegrations(
  configs: readonly IntegrationConfig[],
  shared: Shared,
): OpenedIntegrations {
  const scanners: Scanners = new Map();
  const integrations = configs.map((config) => composeIntegration(config, shared, scanners));
  return {
    integrations,
    async close() {
      for (const scanner of scanners.values()) scanner.close();
      await Promise.all(integrations.map((one) => one.close()));
    },
  };
}
