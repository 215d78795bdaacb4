import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checks } from '../checks/index.ts';
import { type Attachments, readAttachments } from './attachments.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { type IntegrationConfig, integrationConfig } from './integration.ts';
import { ConfigError, type Problem } from './problems.ts';
import { breaches } from './rules.ts';
import { ConfigFile, configJsonSchema } from './schema.ts';
import { type Role, readServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';
import { shapeProblems } from './shape-problems.ts';
import type { SlackSection } from './slack-section.ts';
import type { Variables } from './variables.ts';
import { readYaml } from './yaml-file.ts';

/** File and environment, checked and put together. */
export type Config = Pick<ConfigFile, 'watch' | 'incidents' | 'keep'> & {
  /** The file's full path. */
  file: string;
  slack: SlackSection | null;
  integrations: IntegrationConfig[];
  listeners: Listeners;
  environment: Environment;
};

/** The listeners with their certificate files read: PEM text. */
export type Listeners = { syslog: SyslogListener | null };
type SyslogSection = NonNullable<ConfigFile['listeners']['syslog']>;
type SyslogListener = Pick<SyslogSection, 'udp' | 'tcp' | 'allow'> & {
  tls: { host: string; port: number; cert: string; key: string; clientCa: string | null } | null;
};

/** What `start` needs beyond that. */
export type ServiceConfig = Config & {
  slack: SlackSection & { access: NonNullable<SlackSection['access']> };
  service: ServiceEnvironment;
};

/** Where configuration comes from. `file`: as `--config` gave it; wins over `VAULTCHECK_CONFIG`. */
export type ConfigSource = Variables & {
  file?: string | undefined;
  /** The ids that a waiver may name. */
  checkIds?: readonly string[];
};

/** Reads file and environment. Throws ConfigError with everything that is wrong with either. */
export function loadConfig(source: ConfigSource): Config {
  const problems: Problem[] = [];
  const config = readConfig(source, problems);
  return config && problems.length === 0 ? config : refuse(source, problems);
}

/** As `loadConfig`, with what the service needs: who may do what, Slack's tokens, and Redis where the role wants one. */
export function loadServiceConfig(source: ConfigSource & { role?: Role | undefined }): ServiceConfig {
  const problems: Problem[] = [];
  const config = readConfig(source, problems, true);
  const service = readServiceEnvironment(source, problems, source.role);
  const access = config?.slack?.access;
  if (!config?.slack || !access || problems.length > 0) return refuse(source, problems);
  return { ...config, slack: { ...config.slack, access }, service };
}

/** The path that configuration is read from: the flag, the variable, or `vaultcheck.yaml` here. */
export function configPath({ file, env, cwd }: ConfigSource): string {
  return resolve(cwd, file || env['VAULTCHECK_CONFIG'] || 'vaultcheck.yaml');
}

function refuse(source: ConfigSource, problems: readonly Problem[]): never {
  const byLine = [...problems].sort((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity));
  throw new ConfigError(source.file || source.env['VAULTCHECK_CONFIG'] || 'vaultcheck.yaml', byLine);
}

/** Undefined when the file's shape is wrong; `problems` then says so. */
function readConfig(source: ConfigSource, problems: Problem[], serving = false): Config | undefined {
  const environment = readEnvironment(source, problems);
  const file = configPath(source);
  const text = readText(file, source.file ? '--config' : 'VAULTCHECK_CONFIG', problems);
  if (text === undefined) return undefined;
  const yaml = readYaml(text);
  problems.push(...yaml.problems);
  if (yaml.problems.length > 0) return undefined;
  const attachments = readAttachments(yaml, { file, variables: source });
  const checkIds = source.checkIds ?? checks.map((one) => one.id);
  const found = breaches(yaml.value, { checkIds, serving, proxyKnown: environment.proxy !== null });
  problems.push(...attachments.problems, ...found.map((one) => yaml.problemAt(one.path, one.text)));
  const parsed = ConfigFile.safeParse(yaml.value);
  if (parsed.success) return configOf(parsed.data, { file, attachments, environment });
  problems.push(...shapeProblems(parsed.error.issues, yaml, configJsonSchema()));
  return undefined;
}

function configOf(
  data: ConfigFile,
  { file, attachments, environment }: { file: string; attachments: Attachments; environment: Environment },
): Config {
  const listening = data.listeners.syslog !== undefined;
  return {
    file,
    environment,
    slack: data.slack ?? null,
    watch: data.watch,
    incidents: data.incidents,
    keep: data.keep,
    listeners: { syslog: syslogOf(data.listeners.syslog, attachments) },
    integrations: data.integrations.map((section, index) =>
      integrationConfig(section, { path: ['integrations', index], attachments, listening }),
    ),
  };
}

function syslogOf(section: SyslogSection | undefined, attachments: Attachments): SyslogListener | null {
  if (!section) return null;
  const { tls, ...plain } = section;
  const pem = (key: string) => attachments.file(['listeners', 'syslog', 'tls', key])?.text;
  return {
    ...plain,
    tls: tls
      ? {
          ...tls.address,
          cert: pem('certFile') ?? '',
          key: pem('keyFile') ?? '',
          clientCa: pem('clientCaFile') ?? null,
        }
      : null,
  };
}

/** `named`: what says where the file is. */
function readText(file: string, named: string, problems: Problem[]): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const text = `there is no file ${file} that can be read: name another with --config FILE or VAULTCHECK_CONFIG`;
    problems.push({ where: named, line: null, text });
    return undefined;
  }
}
