import type { OpenedIntegrations } from '../app/integration.ts';
import type { Environment, LogLevel } from '../config/environment.ts';
import type { IntegrationConfig } from '../config/integration.ts';
import type { ServiceConfig } from '../config/load.ts';
import type { RedisTarget } from '../config/redis-url.ts';
import type { Variables } from '../config/variables.ts';
import type { ChatHealth, StoreHealth } from '../ports/health.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Endpoint } from '../ports/network.ts';

export type DemoOptions = {
  port: number;
  host: string;
  scenario: string | null;
  /** Data and, last, the address, once it can be used. */
  out(text: string): void;
  err(text: string): void;
};

/** What Vaultcheck stores in and talks through; null where the environment names none. */
export type OpenHealth = { store: StoreHealth | null; chat: ChatHealth | null; close(): void };

export type OpenIncidents = { incidents: Pick<Incidents, 'list' | 'unread'>; close(): Promise<void> };

export type ProbeOptions = {
  site: string;
  /** What it may look at. */
  allow: readonly Endpoint[];
  redis: RedisTarget;
  logLevel: LogLevel;
};

/**
 * What the commands need wired. Each is loaded when it is first used, so that `--help` and `checks` start at once, and
 * tests put their own in place.
 */
export type World = {
  openIntegrations(
    configs: readonly IntegrationConfig[],
    environment: Environment,
  ): Promise<OpenedIntegrations>;
  /** `keepMs`: how long resolved incidents are kept. Throws UnreachableError where Redis is away. */
  openIncidents?(environment: Environment, keepMs: number): Promise<OpenIncidents>;
  openHealth?(environment: Environment, variables: Variables): Promise<OpenHealth>;
  /** Runs until it is told to stop (SIGTERM, SIGINT). Throws UnreachableError where Redis or Slack is away. */
  startService?(config: ServiceConfig): Promise<void>;
  /** Runs until it is told to stop. Throws UnreachableError where Redis is away. */
  serveProbe?(options: ProbeOptions): Promise<void>;
  /** Runs until it is told to stop. */
  runDemo?(options: DemoOptions): Promise<void>;
};
