import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { memoryRefusals } from '../../src/adapters/memory/refusals.ts';
import { memoryTurns } from '../../src/adapters/memory/turns.ts';
import { verify } from '../../src/app/verify.ts';
import { checks } from '../../src/checks/index.ts';
import { type ComposedIntegration, composeIntegrations } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Report } from '../../src/domain/report.ts';
import { corpDirectory } from '../../src/sandbox/directory/world.ts';
import { corpQualys } from '../../src/sandbox/qualys/world/healthy.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { BenchWorld, EndsFacts } from './world.ts';

/** A folder with `vaultcheck.yaml` as a person would write it, and the environment to start a process there. */
export type CorpFolder = { folder: string; env: Record<string, string>; remove(): Promise<void> };

/** The integration `corp` against a simulated world, so many times under numbered names. */
export async function corpFolder({ vault, slack, ends }: BenchWorld, integrations = 1): Promise<CorpFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  const names = Array.from({ length: integrations }, (_, at) => (at === 0 ? 'corp' : `corp-${at + 1}`));
  const document = {
    version: 1,
    slack: { alerts: 'C0ALERTS', access: { check: 'anyone', incidents: 'anyone' } },
    integrations: names.map((name) => ({ ...section(name, vault), ...(ends && endsSection(ends)) })),
  };
  await writeFile(join(folder, 'ca.pem'), vault.caPem);
  await writeFile(join(folder, 'qualys-ca.pem'), ends?.qualys.caPem ?? '');
  await writeFile(join(folder, 'directory-ca.pem'), ends?.directory.caPem ?? '');
  await writeFile(join(folder, 'vaultcheck.yaml'), stringify(document));
  const ofSlack = slack && { SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl };
  return {
    folder,
    env: {
      SECRET_SERVER_PASSWORD: vault.reader.password,
      QUALYS_PASSWORD: ends?.qualys.password ?? '',
      DIRECTORY_PASSWORD: ends?.directory.password ?? '',
      VAULTCHECK_OPS_ADDRESS: 'off',
      ...ofSlack,
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function endsSection({ qualys, directory }: EndsFacts) {
  const { url, baseDn, bindDn } = directory;
  return {
    appliances: [{ name: corpQualys.appliance, addresses: [corp.applianceAddress], lan: corpQualys.lan }],
    qualys: {
      url: qualys.url,
      username: qualys.username,
      password: { env: 'QUALYS_PASSWORD' },
      tls: { caFile: 'qualys-ca.pem' },
    },
    directory: {
      url,
      baseDn,
      bindDn,
      bindPassword: { env: 'DIRECTORY_PASSWORD' },
      tls: { caFile: 'directory-ca.pem' },
      accounts: { [corp.secret]: corpDirectory.targetAccount },
    },
  };
}

function section(name: string, { url, reader }: BenchWorld['vault']) {
  const [domain, username] = corp.scanAccount.split('\\');
  return {
    name,
    secretServer: {
      url,
      reader: {
        username: reader.username,
        domain: reader.domain,
        password: { env: 'SECRET_SERVER_PASSWORD' },
      },
      tls: { caFile: 'ca.pem' },
    },
    scanAccounts: [{ username, domain }],
    scanGroup: corp.scanGroup,
    folder: corp.folder,
    folderAdmins: [corp.administrators],
    secrets: ['scanadmin', 'unix-scan', 'network-scan'],
    appliances: [{ name: 'appliance-01', addresses: [corp.applianceAddress] }],
  };
}

/** Opened anew, as at the start of a process: no token, no connection. */
export async function openCorp(world: BenchWorld, count = 1): Promise<OpenCorp> {
  const files = await corpFolder(world, count);
  const config = loadConfig({ cwd: files.folder, env: files.env });
  await files.remove();
  return composeIntegrations(config.integrations, {
    environment: config.environment,
    refusals: memoryRefusals(),
    turns: memoryTurns(),
    now: Date.now,
  });
}

export type OpenCorp = {
  integrations: Pick<ComposedIntegration, 'settings' | 'sources'>[];
  close(): Promise<void>;
};

/** Checks these secrets in one batch. Throws when a report is not what it should be: a fast wrong answer is no figure. */
export async function checkAll(
  integration: OpenCorp['integrations'][number],
  secrets: readonly string[],
  expected: Report['overall'] = 'pass',
): Promise<Report[]> {
  const verified = await verify({
    integration,
    runs: secrets.map((secret) => ({ runId: secret, secret })),
    deadlineMs: 600_000,
    clock: { now: Date.now },
    checks,
    version: 'bench',
  });
  const reports = verified.map(({ report }) => report);
  const bad = reports.find(({ overall }) => overall !== expected);
  if (bad) throw new Error(`${bad.subject.secret} is ${bad.overall}: ${bad.diagnosis?.text ?? ''}`);
  return reports;
}

export async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
