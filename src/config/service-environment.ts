import { oneOf, type VariableReader, variableReader } from './environment.ts';
import { ConfigError, type Problem } from './problems.ts';
import { type Sealed, sealed } from './sealed.ts';
import { isLoopback } from './secure-urls.ts';
import { parsedUrl, socketAddress } from './values.ts';
import type { Variables } from './variables.ts';

export const roles = ['all', 'bot', 'worker', 'listener'] as const;
export type Role = (typeof roles)[number];

/** What `start` reads from the environment beside the rest. */
export type ServiceEnvironment = {
  role: Role;
  slack: {
    /** Null for the one role that never talks to Slack. */
    botToken: Sealed | null;
    /** How requests come in; null where this role takes none. */
    intake: { way: 'socket'; appToken: Sealed } | { way: 'http'; signingSecret: Sealed; port: number } | null;
    apiUrl: string;
  };
  /** Health and metrics; null: off. */
  ops: { host: string; port: number } | null;
};

/** `role` as the command line gave it, which wins over the variable. */
export function readServiceEnvironment(
  variables: Variables,
  problems: Problem[],
  role?: Role,
): ServiceEnvironment {
  const reader = variableReader(variables, problems);
  const chosen = role ?? oneOf(reader, 'VAULTCHECK_ROLE', roles) ?? 'all';
  if (chosen !== 'all' && !variables.env['REDIS_URL'] && !variables.env['REDIS_URL_FILE'])
    reader.complain(
      'REDIS_URL',
      `is not set: the role ${chosen} shares work with other processes over one Redis`,
    );
  return {
    role: chosen,
    slack: { botToken: botToken(reader, chosen), intake: intake(reader, chosen), apiUrl: apiUrl(reader) },
    ops: opsAddress(reader),
  };
}

/** Slack as the environment names it, for commands that do without it. Throws ConfigError. */
export function readChat(
  variables: Variables,
): Pick<ServiceEnvironment['slack'], 'botToken' | 'apiUrl'> & { appToken: Sealed | null } {
  const problems: Problem[] = [];
  const reader = variableReader(variables, problems);
  const token = tokenOf(reader, 'SLACK_BOT_TOKEN', 'xoxb-');
  const appToken = tokenOf(reader, 'SLACK_APP_TOKEN', 'xapp-');
  const url = apiUrl(reader);
  if (problems.length > 0) throw new ConfigError('environment', problems);
  return {
    botToken: token ? sealed(token) : null,
    appToken: appToken ? sealed(appToken) : null,
    apiUrl: url,
  };
}

function botToken(reader: VariableReader, role: Role): Sealed | null {
  const token = tokenOf(reader, 'SLACK_BOT_TOKEN', 'xoxb-');
  if (token === undefined && role !== 'listener')
    reader.complain(
      'SLACK_BOT_TOKEN',
      'is not set: copy the bot token (xoxb-…) from "OAuth & Permissions" of the Slack app',
    );
  return token ? sealed(token) : null;
}

function intake(reader: VariableReader, role: Role): ServiceEnvironment['slack']['intake'] {
  if (role !== 'all' && role !== 'bot') return null;
  const appToken = tokenOf(reader, 'SLACK_APP_TOKEN', 'xapp-');
  if (appToken) return { way: 'socket', appToken: sealed(appToken) };
  const signingSecret = reader.read('SLACK_SIGNING_SECRET');
  const port = portOf(reader);
  if (signingSecret) return { way: 'http', signingSecret: sealed(signingSecret), port };
  if (appToken === undefined)
    reader.complain(
      'SLACK_APP_TOKEN',
      'is not set: make an app-level token (xapp-…) under "Basic Information" of the Slack app, or set SLACK_SIGNING_SECRET for signed HTTP requests',
    );
  return null;
}

/** Undefined: not set. Empty: set to something else, which was told. */
function tokenOf({ read, complain }: VariableReader, name: string, start: string): string | undefined {
  const token = read(name);
  if (token === undefined || token.startsWith(start)) return token;
  complain(name, `must be a token that begins with ${start}`);
  return '';
}

function portOf({ read, complain }: VariableReader): number {
  const text = read('PORT') ?? '3000';
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  complain('PORT', 'must be a port number, such as 3000');
  return 3000;
}

function apiUrl({ read, complain }: VariableReader): string {
  const text = read('SLACK_API_URL') ?? 'https://slack.com/api/';
  const url = parsedUrl(text);
  const sealedWay = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!sealedWay) complain('SLACK_API_URL', 'must be an https:// URL, since the bot token is sent there');
  return text.endsWith('/') ? text : `${text}/`;
}

function opsAddress({ read, complain }: VariableReader): ServiceEnvironment['ops'] {
  const text = read('VAULTCHECK_OPS_ADDRESS') ?? '127.0.0.1:9464';
  if (text.toLowerCase() === 'off') return null;
  const address = socketAddress(text);
  if (!address) complain('VAULTCHECK_OPS_ADDRESS', 'must be host:port, such as 127.0.0.1:9464, or off');
  return address ?? null;
}
