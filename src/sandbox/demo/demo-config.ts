import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadServiceConfig, type ServiceConfig } from '../../config/load.ts';
import type { SecretServerSimulator } from '../secret-server/simulator.ts';
import { corp } from '../secret-server/world/healthy.ts';
import type { SlackWorkspace } from '../slack/workspace.ts';

/**
 * The configuration of the sandbox, written and read the way a person's is, from a folder that is gone at once. Nothing
 * of this process's own environment is in it.
 */
export async function sandboxConfig(
  vault: SecretServerSimulator,
  slack: SlackWorkspace,
  extra: Record<string, unknown> = {},
): Promise<ServiceConfig> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  try {
    await writeFile(join(folder, 'ca.pem'), vault.caPem);
    await writeFile(join(folder, 'vaultcheck.yaml'), stringify(document(vault, extra)));
    return loadServiceConfig({ env: environment(vault, slack), cwd: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function document(vault: SecretServerSimulator, extra: Record<string, unknown>): unknown {
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
          tls: { caFile: 'ca.pem' },
        },
        scanAccounts: [{ username: scanUser, domain: scanDomain }],
        scanGroup: corp.scanGroup,
        folder: corp.folder,
        folderAdmins: [corp.administrators],
        secrets: ['scanadmin', 'unix-scan', 'network-scan'],
        appliances: [{ name: 'appliance-01', addresses: [corp.applianceAddress] }],
      },
    ],
    ...extra,
  };
}

function environment(vault: SecretServerSimulator, slack: SlackWorkspace): Record<string, string> {
  return {
    SECRET_SERVER_PASSWORD: vault.reader.password,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    VAULTCHECK_OPS_ADDRESS: 'off',
    REDIS_URL: 'redis://sandbox.invalid',
  };
}
