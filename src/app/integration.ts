import type { Settings } from '../domain/settings.ts';
import type { OpenNetwork } from '../ports/network.ts';
import type { OpenScanner } from '../ports/scanner.ts';
import type { OpenVault } from '../ports/vault.ts';

/** Where one integration's evidence comes from; `scanner` null where no Qualys is configured. */
export type Sources = { vault: OpenVault; network: OpenNetwork; scanner: OpenScanner | null };

/** One Secret Server and what hangs on it: what the rules are told, and whom to ask. */
export type Integration = { settings: Settings; sources: Sources };
