import type { Integration } from '../app/integration.ts';
import type { Environment } from '../config/environment.ts';
import type { IntegrationConfig } from '../config/integration.ts';
import type { ServiceConfig } from '../config/load.ts';

/** Integrations that can be asked. */
export type OpenIntegrations = {
  /** In the order they were given. */
  integrations: Integration[];
  /** Ends tokens at the vendors and kept connections. */
  close(): Promise<void>;
};

export type DemoOptions = {
  port: number;
  host: string;
  scenario: string | null;
  /** Data and, last, the address, once it can be used. */
  out(text: string): void;
  err(text: string): void;
};

/**
 * What the commands need wired. Each is loaded when it is first used, so that `--help` and `checks` start at once, and
 * tests put their own in place.
 */
export type World = {
  openIntegrations(
    configs: readonly IntegrationConfig[],
    environment: Environment,
  ): Promise<OpenIntegrations>;
  /** Runs until it is told to stop (SIGTERM, SIGINT). Throws UnreachableError where Redis or Slack is away. */
  startService?(config: ServiceConfig): Promise<void>;
  /** Runs until it is told to stop. */
  runDemo?(options: DemoOptions): Promise<void>;
};
