import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadServiceConfig, type ServiceConfig } from '../../config/load.ts';
import { corpDirectory } from '../directory/world.ts';
import { corpQualys } from '../qualys/world/healthy.ts';
import { corp } from '../secret-server/world/healthy.ts';
import type { SlackWorkspace } from '../slack/workspace.ts';
import type { Simulators } from './panel.ts';

/**
 * The configuration of the sandbox, written and read the way a person's is, from a folder that is gone at once. Nothing
 * of this process's own environment is in it.
 */
export async function sandboxConfig(
  { slack, ...simulators }: Simulators & { slack: SlackWorkspace },
  extra: Record<string, unknown> = {},
): Promise<ServiceConfig> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  try {
    await writeFile(join(folder, 'vault-ca.pem'), simulators.vault.caPem);
    await writeFile(join(folder, 'directory-ca.pem'), simulators.directory.caPem);
    await writeFile(join(folder, 'vaultcheck.yaml'), stringify(document(simulators, extra)));
    return loadServiceConfig({ env: environment(simulators, slack), cwd: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const appliance = { name: corpQualys.appliance, addresses: [corp.applianceAddress], lan: corpQualys.lan };

function document({ vault, scanner, directory, site }: Simulators, extra: Record<string, unknown>): unknown {
  const { username, domain } = vault.reader;
  const [scanDomain, scanUser] = corp.scanAccount.split('\\');
  return {
    version: 1,
    slack: {
      alerts: 'C0ALERTS',
      reports: 'C0REPORTS',
      access: { check: 'anyone', incidents: 'anyone', admin: ['U0ANA'] },
    },
    integrations: [
      {
        name: 'corp',
        secretServer: {
          url: vault.url,
          reader: { username, domain, password: { env: 'SECRET_SERVER_PASSWORD' } },
          tls: { caFile: 'vault-ca.pem' },
        },
        scanAccounts: [{ username: scanUser, domain: scanDomain }],
        scanGroup: corp.scanGroup,
        folder: corp.folder,
        folderAdmins: [corp.administrators],
        secrets: ['scanadmin', 'unix-scan'],
        appliances: [{ ...appliance, site: site.world.name }],
        qualys: {
          url: scanner.url,
          username: scanner.world.account.username,
          password: { env: 'QUALYS_PASSWORD' },
        },
        directory: {
          url: directory.url,
          baseDn: directory.world.baseDn,
          bindDn: directory.bind.dn,
          bindPassword: { env: 'DIRECTORY_PASSWORD' },
          tls: { caFile: 'directory-ca.pem' },
          accounts: { [corp.secret]: corpDirectory.targetAccount },
        },
      },
    ],
    // A demo is watched by somebody who waits: what takes quarters of an hour in an office takes seconds here.
    listeners: { syslog: { tcp: '127.0.0.1:0' } },
    watch: { every: '20s', checksEvery: '1h' },
    incidents: { remindAfter: '5m' },
    ...extra,
  };
}

function environment(
  { vault, scanner, directory }: Simulators,
  slack: SlackWorkspace,
): Record<string, string> {
  return {
    SECRET_SERVER_PASSWORD: vault.reader.password,
    QUALYS_PASSWORD: scanner.world.account.password,
    DIRECTORY_PASSWORD: directory.bind.password,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    VAULTCHECK_OPS_ADDRESS: 'off',
    REDIS_URL: 'redis://sandbox.invalid',
  };
}
