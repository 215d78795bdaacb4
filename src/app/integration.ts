import type { Settings } from '../domain/settings.ts';
import type { OpenDirectory } from '../ports/directory.ts';
import type { Journal } from '../ports/journal.ts';
import type { OpenNetwork } from '../ports/network.ts';
import type { OpenScanner } from '../ports/scanner.ts';
import type { OpenSites } from '../ports/sites.ts';
import type { OpenVault } from '../ports/vault.ts';

/**
 * Where one integration's evidence comes from; null where no Qualys or no directory is configured, and for sites where
 * this run has no Redis.
 */
export type Sources = {
  vault: OpenVault;
  network: OpenNetwork;
  sites: OpenSites | null;
  scanner: OpenScanner | null;
  directory: OpenDirectory | null;
  /** What listeners received; null without a Redis in this run. */
  journal: Pick<Journal, 'lastEvent'> | null;
};

/** One Secret Server and what hangs on it: what the rules are told, and whom to ask. */
export type Integration = { settings: Settings; sources: Sources };

/** Integrations that can be asked. */
export type OpenedIntegrations = {
  /** In the order they were given. */
  integrations: Integration[];
  /** Ends tokens at the vendors and kept connections. */
  close(): Promise<void>;
};
