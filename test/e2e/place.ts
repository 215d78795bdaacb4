import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { stringify } from 'yaml';
import type { RedisTarget } from '../../src/adapters/redis/target.ts';
import { secretsOf } from '../../src/cli/run-service.ts';
import { composeIntegrations } from '../../src/compose.ts';
import { loadServiceConfig } from '../../src/config/load.ts';
import { openLog } from '../../src/ops/log.ts';
import { closing } from '../../src/roles/closing.ts';
import { openService } from '../../src/roles/service.ts';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../src/sandbox/secret-server/simulator.ts';
import { corp, healthyWorld } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';
import { type SlackWorkspace, slackWorkspace } from '../../src/sandbox/slack/workspace.ts';

type Lines = Record<string, unknown>;
export type IntegrationLines = Lines & { name: string };

/** Vendors on this machine, and a folder with a configuration that names them. */
export type Surroundings = {
  vault: SecretServerSimulator;
  slack: SlackWorkspace;
  folder: string;
  /** For a process of its own; ports of health and metrics are off. */
  env: Record<string, string>;
  /** Puts the healthy world back, with every failure off. */
  mend(): void;
  close(): Promise<void>;
};

/** The integration `corp` as a person writes it, for the healthy world of the simulator. */
export function corpLines(vault: SecretServerSimulator, changed: Lines = {}): IntegrationLines {
  const { username, domain } = vault.reader;
  return {
    name: 'corp',
    secretServer: {
      url: vault.url,
      reader: { username, domain, password: { env: 'SECRET_SERVER_PASSWORD' } },
      tls: { caFile: 'ca.pem' },
    },
    scanAccounts: [{ username: 'svc-qualys', domain: corp.domain }],
    scanGroup: corp.scanGroup,
    folder: corp.folder,
    folderAdmins: [corp.administrators],
    secrets: [corp.secret],
    appliances: [{ name: 'appliance-01', addresses: [corp.applianceAddress] }],
    ...changed,
  };
}

/** `more`: further sections of the configuration. */
export async function surroundings(
  integrations: (vault: SecretServerSimulator) => IntegrationLines[] = (vault) => [corpLines(vault)],
  more: Lines = {},
): Promise<Surroundings> {
  const vault = await simulateSecretServer();
  const slack = await slackWorkspace();
  const folder = mkdtempSync(join(tmpdir(), 'vc-e2e-'));
  writeFileSync(join(folder, 'ca.pem'), vault.caPem);
  const access = { check: 'anyone', incidents: 'anyone', admin: ['U0ANA'] };
  const document = {
    version: 1,
    slack: { alerts: 'C0ALERTS', access },
    integrations: integrations(vault),
    ...more,
  };
  writeFileSync(join(folder, 'vaultcheck.yaml'), stringify(document));
  return {
    vault,
    slack,
    folder,
    env: {
      SECRET_SERVER_PASSWORD: vault.reader.password,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      VAULTCHECK_OPS_ADDRESS: 'off',
      REDIS_URL: 'redis://sandbox.invalid',
    },
    mend() {
      vault.switches.clear();
      slack.faults.clear();
      Object.assign(vault.world, healthyWorld());
    },
    async close() {
      await slack.close();
      await vault.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Running = {
  logged(): string;
  opsPort: number;
  listener: Awaited<ReturnType<typeof openService>>['listener'];
  readiness: Awaited<ReturnType<typeof openService>>['readiness'];
  stop(): Promise<void>;
};

/** The service of `start --role all` in this process, over that Redis. */
export async function runningService(
  { folder, env }: Surroundings,
  redis: RedisTarget,
  changed: Record<string, string> = {},
): Promise<Running> {
  const variables = { ...env, VAULTCHECK_OPS_ADDRESS: '127.0.0.1:0', ...changed };
  const config = loadServiceConfig({ env: variables, cwd: folder });
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  const log = openLog({ level: 'trace', secrets: secretsOf(config), stream });
  const closers = closing(() => {});
  const service = await openService({
    config,
    log,
    redis,
    openIntegrations: (shared) =>
      composeIntegrations(config.integrations, {
        ...shared,
        environment: config.environment,
        now: Date.now,
      }),
    onDead: (reason) => log.fatal({ reason }, 'dead'),
  });
  closers.add('service', service.stop);
  return {
    logged: () => text,
    opsPort: service.opsPort ?? 0,
    listener: service.listener,
    readiness: service.readiness,
    stop: () => closers.close(),
  };
}

const isReport = ({ text }: Message) => /^\S+ .* · \w+ — /.test(text);

/** Every report that a person was given, wherever it stands. */
export function reportsTo(slack: SlackWorkspace, person: string): Message[] {
  return [...slack.ephemerals(person), ...slack.directMessages(person)].filter(isReport);
}
