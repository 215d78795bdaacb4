import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { redisIncidents } from '../../src/adapters/redis/incidents/incidents.ts';
import type { Incidents } from '../../src/ports/incidents.ts';
import { issueCertificate } from '../../src/sandbox/secret-server/certificate.ts';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../src/sandbox/secret-server/simulator.ts';
import { addUser } from '../../src/sandbox/secret-server/world/build.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { Person } from '../../src/sandbox/slack/shapes.ts';
import { defaultScopes } from '../../src/sandbox/slack/state.ts';
import { type SlackWorkspace, slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { freePort } from '../kit/process.ts';
import { type Roles, roleNames, type Start, startRoles } from './processes.ts';
import { type ChaosRedis, chaosRedis } from './redis.ts';
import { openClient } from './redis-client.ts';

type Ports = { udp: number; tcp: number; tls: number };

/** The whole system on this machine: vendors here, Redis and the three roles in processes of their own. */
export type Place = {
  vault: SecretServerSimulator;
  slack: SlackWorkspace;
  redis: ChaosRedis;
  roles: Roles;
  incidents: Incidents;
  /** Scan accounts as Secret Server spells them. */
  accounts: readonly string[];
  ports: Ports;
  /** Where each listener is, when there are several. */
  listeners: readonly Ports[];
  caPem: string;
  close(): Promise<void>;
};

type Wanted = {
  accounts: number;
  accountsEach: number;
  history?: boolean;
  people?: readonly Person[];
  logs?: string | null;
  /** So many processes that do everything, instead of one for each role. */
  alike?: number;
  /** Other settings than those that are shipped. */
  sections?: Record<string, unknown>;
};

const keepMs = 400 * 86_400_000;

/** So many scan accounts, some in each integration: what comes at once in one integration shares a card. */
export async function openPlace({
  accounts,
  accountsEach,
  history = false,
  people = [],
  logs = null,
  alike = 0,
  sections = {},
}: Wanted): Promise<Place> {
  const vault = await simulateSecretServer();
  const scopes = history ? [...defaultScopes, 'channels:history'] : defaultScopes;
  const slack = await slackWorkspace({ scopes, people });
  const folder = await mkdtemp(join(tmpdir(), 'vc-'));
  const names = addAccounts(vault, accounts);
  const certificate = await issueCertificate();
  const written = { vault, certificate, names, accountsEach, sections };
  const homes = await Promise.all(
    Array.from({ length: Math.max(1, alike) }, (_, at) => homeIn(join(folder, String(at + 1)), written)),
  );
  const [home] = homes;
  if (!home) throw new Error('There is no process to start.');
  const starts: Start[] =
    alike > 0
      ? homes.map((one, at) => ({ name: `process-${at + 1}`, role: 'all', folder: one.folder }))
      : roleNames.map((role) => ({ name: role, role, folder: home.folder }));
  const redis = await chaosRedis(folder);
  await redis.start();
  const client = openClient(redis.port);
  const roles = startRoles({ starts, env: environment({ vault, slack, redis }), logs });
  const place = {
    ...{ vault, slack, redis, roles, ports: home.ports, caPem: certificate.caPem },
    listeners: homes.map(({ ports }) => ports),
    incidents: redisIncidents(client, keepMs),
    accounts: names.map((name) => `${corp.domain}\\${name}`),
    async close() {
      await roles.stop();
      client.disconnect();
      await redis.stop();
      await slack.close();
      await vault.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await roles.ready().catch(async (error: unknown) => {
    await place.close();
    throw error;
  });
  return place;
}

/** Opens the place, and closes it whatever became of the work in it. */
export async function inPlace<T>(wanted: Wanted, work: (place: Place) => Promise<T>): Promise<T> {
  const place = await openPlace(wanted);
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}

function addAccounts({ world }: SecretServerSimulator, count: number): string[] {
  const scanner = world.users.find(({ userName }) => userName === 'svc-qualys');
  if (!scanner) throw new Error('The healthy world has no scan account.');
  const { domainId, roleIds, restrictionIds } = scanner;
  return Array.from({ length: count }, (_, at) => {
    const userName = `svc-scan-${String(at + 1).padStart(3, '0')}`;
    addUser(world, { userName, domainId, roleIds, restrictionIds, isApplicationAccount: true });
    return userName;
  });
}

type Written = {
  vault: SecretServerSimulator;
  certificate: Awaited<ReturnType<typeof issueCertificate>>;
  names: readonly string[];
  accountsEach: number;
  sections: Record<string, unknown>;
};

/** A folder with a configuration, and where its listener will be. */
async function homeIn(
  folder: string,
  { vault, certificate, names, accountsEach, sections }: Written,
): Promise<{ folder: string; ports: Ports }> {
  const ports = { udp: await freePort(), tcp: await freePort(), tls: await freePort() };
  const shares = Array.from({ length: Math.ceil(names.length / accountsEach) }, (_, at) =>
    names.slice(at * accountsEach, (at + 1) * accountsEach),
  );
  const at = (port: number) => `127.0.0.1:${port}`;
  const document = {
    version: 1,
    slack: { alerts: 'C0ALERTS', access: { check: 'anyone', incidents: 'anyone', admin: ['U0ANA'] } },
    integrations: shares.map((share, number) => integration(`site-${number + 1}`, share, vault)),
    listeners: {
      syslog: {
        udp: at(ports.udp),
        tcp: at(ports.tcp),
        tls: { address: at(ports.tls), certFile: 'listener.pem', keyFile: 'listener.key' },
      },
    },
    // Reminders would be messages that no lockout asked for.
    incidents: { remindAfter: '4h' },
    ...sections,
  };
  await mkdir(folder);
  await writeFile(join(folder, 'ca.pem'), vault.caPem);
  await writeFile(join(folder, 'listener.pem'), certificate.certificatePem);
  await writeFile(join(folder, 'listener.key'), certificate.keyPem, { mode: 0o600 });
  await writeFile(join(folder, 'vaultcheck.yaml'), stringify(document));
  return { folder, ports };
}

function integration(name: string, accounts: readonly string[], { url, reader }: SecretServerSimulator) {
  const password = { env: 'SECRET_SERVER_PASSWORD' };
  return {
    name,
    secretServer: {
      url,
      reader: { username: reader.username, domain: reader.domain, password },
      tls: { caFile: 'ca.pem' },
    },
    scanAccounts: accounts.map((username) => ({ username, domain: corp.domain })),
    folder: corp.folder,
    secrets: [corp.secret],
    appliances: [{ name: 'appliance-01', addresses: [corp.applianceAddress] }],
  };
}

function environment({
  vault,
  slack,
  redis,
}: Pick<Place, 'vault' | 'slack' | 'redis'>): Record<string, string> {
  return {
    SECRET_SERVER_PASSWORD: vault.reader.password,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    VAULTCHECK_OPS_ADDRESS: 'off',
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
  };
}
