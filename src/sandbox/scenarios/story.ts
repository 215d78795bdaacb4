import { changePassword } from '../directory/changes.ts';
import { corpDirectory, type DirectoryWorld, healthyDirectory } from '../directory/world.ts';
import { scanRan } from '../qualys/world/happenings.ts';
import { corpQualys, healthyQualys } from '../qualys/world/healthy.ts';
import type { World as QualysWorld } from '../qualys/world/world.ts';
import { user } from '../secret-server/world/find.ts';
import { corp, healthyWorld } from '../secret-server/world/healthy.ts';
import { applianceLogsIn } from '../secret-server/world/logins.ts';
import { applianceViews } from '../secret-server/world/views.ts';
import type { World as VaultWorld } from '../secret-server/world/world.ts';
import type { SiteWorld } from '../site/world.ts';

/** All that a scan hangs on. `site` is the network of the appliance, which a probe looks out of. */
export type Worlds = { vault: VaultWorld; scanner: QualysWorld; directory: DirectoryWorld; site: SiteWorld };

/** Why an authenticated scan failed, as a world that can be asked, and what must be said of it. */
export type Story = {
  name: string;
  /** What the person sees, in a sentence without full stop. */
  title: string;
  /** Which of the known symptoms it shows (symptoms.ts); null: one beyond them. */
  symptom: number | null;
  arrange(worlds: Worlds): void;
  /** The check that a full verification names; null where nothing fails and it only warns. */
  diagnosis: string | null;
  kind: 'cause' | 'blind' | 'advice' | null;
  /** What fails because of it, in the order of the report. */
  consequences: readonly string[];
  /** What must warn beside it. */
  warns?: readonly string[];
};

const weekAndMore = 9 * 86_400_000;

/** The healthy worlds, whose last scan was the one of the week before: a story is what has happened since. */
export function vaultBefore(now: () => number = Date.now): VaultWorld {
  const world = healthyWorld({ now: () => now() - weekAndMore });
  world.now = now;
  return world;
}

export function qualysBefore(scannerUrl: string, now: () => number = Date.now): QualysWorld {
  const world = healthyQualys({ scannerUrl, now: () => now() - weekAndMore });
  world.now = now;
  for (const appliance of world.appliances) appliance.connectedAt = now() - 60_000;
  return world;
}

/** The passwords of the domain are as old as those of the vault and of the record. */
export function directoryBefore({ now, canary }: Partial<Pick<DirectoryWorld, 'now' | 'canary'>> = {}) {
  const clock = now ?? Date.now;
  const world = healthyDirectory({
    now: () => clock() - weekAndMore,
    ...(canary === undefined ? {} : { canary }),
  });
  world.now = clock;
  return world;
}

/** The scan account gets a new password where it lives: in the directory, which Secret Server asks at each login. */
export function newScanPassword({ vault, directory }: Worlds): void {
  changePassword(directory, corpDirectory.scanAccount);
  user(vault, corp.scanAccount).password = `changed-${vault.now()}-${vault.canary}`;
}

export type ScanTried = {
  /** What the vault record holds; by default the right password. */
  password?: string;
  /** Whether the hosts take what was fetched, or which of them do. */
  hostsLetIn?: boolean | ((address: string) => boolean);
  durationMinutes?: number;
};

/**
 * The weekly scan is tried: the appliance logs in to Secret Server, where its network lets it, fetches the credential,
 * and logs in to the hosts with it.
 */
export function scanTries(
  { vault, scanner, site }: Worlds,
  { password, hostsLetIn = true, durationMinutes = 25 }: ScanTried = {},
): void {
  const { scanAccount, applianceAddress } = corp;
  const isIn =
    site.obstacle === null &&
    applianceLogsIn(vault, scanAccount, applianceAddress, password).refusal === null;
  const isFetched = isIn && applianceViews(vault, scanAccount, corp.secret, applianceAddress) === 'seen';
  const targets = [corpQualys.windowsTargets];
  scanRan(scanner, { targets, authenticated: isFetched && hostsLetIn, durationMinutes });
}
