import { createRequire } from 'node:module';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type PrettyStream from 'pino-pretty';

export type Log = Logger;

export type LogOptions = {
  level: string;
  /** Every secret value that this process holds: none of them may ever be written. */
  secrets: readonly string[];
  /** Where lines go: the error output, since the standard output is for data. */
  stream?: DestinationStream;
  /** Readable lines for a person at a terminal instead of JSON. */
  readable?: boolean;
};

/** Shorter ones would blank out ordinary words. */
const shortestSecret = 4;

/**
 * The program's log: JSON lines, messages constant, data beside them. Fields that commonly hold credentials are
 * removed by name, and each line is searched for the secrets we hold, since an error text may quote one.
 */
export function openLog({ level, secrets, stream, readable = false }: LogOptions): Log {
  const hidden = secretForms(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[removed]' },
      hooks: {
        streamWrite: (line) => hidden.reduce((text, secret) => text.replaceAll(secret, '[removed]'), line),
      },
    },
    stream ??
      (readable
        ? prettier()({ destination: 2, sync: true, ignore: 'pid,hostname' })
        : destination({ fd: 2, sync: true })),
  );
}

/** Loaded for a person at a terminal alone: it is a tenth of the time that a start takes. */
function prettier(): typeof PrettyStream {
  return createRequire(import.meta.url)('pino-pretty') as typeof PrettyStream;
}

const credentialFields = [
  'password',
  'token',
  'authorization',
  'access_token',
  'refresh_token',
  'secretValue',
  'response_url',
  'url.password',
];
const redactedPaths = credentialFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** A secret as it may stand in a line: bare, inside JSON, and in a URL. Longest first, so none leaves a rest. */
function secretForms(secrets: readonly string[]): string[] {
  const forms = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}
