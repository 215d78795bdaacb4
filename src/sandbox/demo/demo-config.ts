import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadServiceConfig, type ServiceConfig } from '../../config/load.ts';
import type { QualysSimulator } from '../qualys/simulator.ts';
import { corpQualys } from '../qualys/world/healthy.ts';
import type { SecretServerSimulator } from '../secret-server/simulator.ts';
import { corp } from '../secret-server/world/healthy.ts';
import type { SlackWorkspace } from '../slack/workspace.ts';

/**
 * The configuration of the sandbox, written and read the way a person's is, from a folder that is gone at once. Nothing
 * of this process's own environment is in it.
 */
export async function sandboxConfig(
  {
    vault,
    scanner,
    slack,
  }: { vault: SecretServerSimulator; scanner: QualysSimulator; slack: SlackWorkspace },
  extra: Record<string, unknown> = {},
): Promise<ServiceConfig> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  try {
    await writeFile(join(folder, 'ca.pem'), vault.caPem);
    await writeFile(join(folder, 'vaultcheck.yaml'), stringify(document(vault, scanner, extra)));
    return loadServiceConfig({ env: environment(vault, scanner, slack), cwd: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function document(
  vault: SecretServerSimulator,
  scanner: QualysSimulator,
  extra: Record<string, unknown>,
): unknown {
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
        appliances: [{ name: corpQualys.appliance, addresses: [corp.applianceAddress], lan: corpQualys.lan }],
        qualys: {
          url: scanner.url,
          username: scanner.world.account.username,
          password: { env: 'QUALYS_PASSWORD' },
        },
      },
    ],
    ...extra,
  };
}

function environment(
  vault: SecretServerSimulator,
  scanner: QualysSimulator,
  slack: SlackWorkspace,
): Record<string, string> {
  return {
    SECRET_SERVER_PASSWORD: vault.reader.password,
    QUALYS_PASSWORD: scanner.world.account.password,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    VAULTCHECK_OPS_ADDRESS: 'off',
    REDIS_URL: 'redis://sandbox.invalid',
  };
}
