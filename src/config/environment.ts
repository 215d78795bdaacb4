import { resolve } from 'node:path';
import type { Problem } from './problems.ts';
import { type RedisTarget, redisTarget } from './redis-url.ts';
import { type Sealed, sealed } from './sealed.ts';
import { parsedUrl } from './values.ts';
import { type Variables, variable } from './variables.ts';

/** What every command reads from the environment. */
export type Environment = {
  /** Null: no Redis was named. */
  redis: RedisTarget | null;
  /** The data folder, as a full path. */
  dataFolder: string;
  /** For Slack and Qualys, and for Secret Server where its `proxy` is on. The URL may hold a password. */
  proxy: { url: Sealed; noProxy: string } | null;
  logLevel: LogLevel;
};

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Reads one variable and says under its name what is wrong with it. */
export type VariableReader = {
  read(name: string): string | undefined;
  complain(name: string, text: string): void;
};

export function variableReader(variables: Variables, problems: Problem[]): VariableReader {
  const complain = (name: string, text: string) => void problems.push({ where: name, line: null, text });
  return { complain, read: (name) => variable(name, variables, (text) => complain(name, text)) };
}

export function readEnvironment(variables: Variables, problems: Problem[]): Environment {
  const reader = variableReader(variables, problems);
  const { env, cwd } = variables;
  return {
    redis: redisFrom(reader),
    dataFolder: resolve(cwd, env['VAULTCHECK_DATA'] || '.vaultcheck'),
    proxy: proxyFrom(reader, env),
    logLevel: oneOf(reader, 'LOG_LEVEL', logLevels) ?? 'info',
  };
}

/** The value of a variable that knows a few words only, without case. */
export function oneOf<const W extends string>(
  { read, complain }: VariableReader,
  name: string,
  words: readonly W[],
): W | undefined {
  const text = read(name)?.toLowerCase();
  const word = words.find((one) => one === text);
  if (text !== undefined && word === undefined) complain(name, `must be one of ${words.join(', ')}`);
  return word;
}

function redisFrom({ read, complain }: VariableReader): RedisTarget | null {
  const text = read('REDIS_URL');
  if (text === undefined) return null;
  const target = redisTarget(text);
  if (!('problem' in target)) return target;
  complain('REDIS_URL', target.problem);
  return null;
}

function proxyFrom({ read, complain }: VariableReader, env: Variables['env']): Environment['proxy'] {
  const name = env['HTTPS_PROXY'] || !env['https_proxy'] ? 'HTTPS_PROXY' : 'https_proxy';
  const text = read(name);
  if (text === undefined) return null;
  const url = parsedUrl(text);
  if (url && /^https?:$/.test(url.protocol))
    return { url: sealed(text), noProxy: env['NO_PROXY'] || env['no_proxy'] || '' };
  complain(name, 'must be a URL such as http://proxy.corp.example:3128');
  return null;
}
