import type { Settings } from '../domain/settings.ts';
import type { OpenNetwork } from '../ports/network.ts';
import type { OpenVault } from '../ports/vault.ts';

/** Where one integration's evidence comes from. */
export type Sources = { vault: OpenVault; network: OpenNetwork };

/** One Secret Server and what hangs on it: what the rules are told, and whom to ask. */
export type Integration = { settings: Settings; sources: Sources };
