import type { Settings } from '../domain/settings.ts';
import type { Attachments } from './attachments.ts';
import type { IntegrationSection } from './integration-section.ts';
import type { Path } from './problems.ts';
import type { Sealed } from './sealed.ts';

/** How to connect: the integration's own authorities (PEM text), and whether clear text was accepted. */
type Connection = { ca: string | null; insecure: boolean };

/** One integration: what the rules are told, and apart from it what only adapters may hold. */
export type IntegrationConfig = {
  settings: Settings;
  secretServer: Connection & { password: Sealed; proxy: boolean };
  qualys: (Connection & { password: Sealed }) | null;
  directory: (Connection & { bindDn: string; bindPassword: Sealed; startTls: boolean }) | null;
  /** Its own channel for incidents. */
  alerts: string | null;
};

export function integrationConfig(
  section: IntegrationSection,
  at: { path: Path; attachments: Attachments; listening: boolean },
): IntegrationConfig {
  const { qualys, directory, secretServer } = section;
  const secret = (...path: Path) => at.attachments.secret([...at.path, ...path]);
  const ca = (part: string) => at.attachments.file([...at.path, part, 'tls', 'caFile'])?.text ?? null;
  return {
    settings: settingsOf(section, at.listening),
    secretServer: {
      password: secret('secretServer', 'reader', 'password'),
      ca: ca('secretServer'),
      insecure: secretServer.insecure,
      proxy: secretServer.proxy,
    },
    qualys: qualys
      ? { password: secret('qualys', 'password'), ca: ca('qualys'), insecure: qualys.insecure }
      : null,
    directory: directory
      ? {
          bindDn: directory.bindDn,
          bindPassword: secret('directory', 'bindPassword'),
          ca: ca('directory'),
          insecure: directory.insecure,
          startTls: directory.startTls,
        }
      : null,
    alerts: section.alerts ?? null,
  };
}

function settingsOf(section: IntegrationSection, listening: boolean): Settings {
  const { secretServer, qualys, directory } = section;
  const vaultUrl = withoutSlash(secretServer.url);
  return {
    integration: section.name,
    vaultUrl,
    scannerUrl: secretServer.scannerUrl ? withoutSlash(secretServer.scannerUrl) : vaultUrl,
    reader: accountOf(secretServer.reader),
    timeZone: secretServer.timeZone ?? null,
    eventsTimeZone: secretServer.eventsTimeZone ?? null,
    senders: secretServer.senders,
    domains: section.domains,
    scanAccounts: section.scanAccounts.map(accountOf),
    scanGroup: section.scanGroup ?? null,
    folder: section.folder ?? null,
    folderAdmins: section.folderAdmins ?? null,
    secrets: section.secrets,
    appliances: section.appliances.map(({ name, addresses, lan = null, site = null }) => ({
      name,
      addresses,
      lan,
      site,
    })),
    qualys: qualys
      ? {
          url: withoutSlash(qualys.url),
          username: qualys.username,
          vaults: qualys.vaults,
          recordTypes: qualys.recordTypes,
          failedAuthenticationQids: qualys.failedAuthenticationQids,
        }
      : null,
    directory: directory
      ? { url: directory.url, baseDn: directory.baseDn, accounts: directory.accounts }
      : null,
    expectEvents: section.expectEvents,
    listening,
    accept: section.accept.map((one) => ({ ...one, secret: one.secret ?? null })),
    scanEveryMs: section.scanEvery,
  };
}

function accountOf({ username, domain }: { username: string; domain?: string | undefined }) {
  return { username, domain: domain ?? null };
}

/** URLs are put together by adding a path, so they end without a slash. */
function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
