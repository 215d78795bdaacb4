import { MessageParserError, ResultCodeError } from 'ldapts';
import type { GapCause, GapError } from '../../domain/gap.ts';
import { directoryGap } from './gaps.ts';

/** What is known of an operation that failed, beside the library's error. */
export type Circumstances = {
  host: string;
  /** The run's deadline has passed, or the run has ended. */
  ended: boolean;
  /** Our own limit of time has passed. */
  late: boolean;
  /** Something came back since it was asked, if no whole answer. */
  answered: boolean;
};

const connecting: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name does not resolve: check the URL and the DNS',
  EAI_AGAIN: 'the name server does not answer: check the DNS of this host',
  ECONNREFUSED: 'nothing listens on that port: check the URL',
  EHOSTUNREACH: 'there is no route to it: check network and firewall',
  ENETUNREACH: 'there is no route to it: check network and firewall',
  ETIMEDOUT: 'the connection was not accepted in time: check network and firewall',
  ECONNRESET: 'the connection was cut: check port and scheme (ldaps: is 636, ldap: is 389) and firewalls',
  EPIPE: 'the connection was cut: check port and scheme (ldaps: is 636, ldap: is 389) and firewalls',
};

const trust: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired: renew it',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: use the name it is for, or replace it',
};

/** Result codes of RFC 4511, with the cause and what to do. Code 49 is the login's and told apart by `refusalWords`. */
const results: Readonly<Record<number, readonly [GapCause, string]>> = {
  1: ['failing', 'could not carry out the operation (it may have lost our login)'],
  3: ['timed-out', 'gave up: its own limit of time was reached'],
  4: ['truncated', 'has more entries for this name than are read'],
  8: ['denied', 'takes no password over this connection: use ldaps://, or startTls: true beside the URL'],
  10: ['absent', 'refers to another server for this base: correct directory.baseDn or directory.url'],
  11: ['truncated', 'gave up: its administrative limit was reached'],
  13: ['denied', 'wants an encrypted connection: use ldaps://, or startTls: true beside the URL'],
  32: ['absent', 'has no such base: correct directory.baseDn'],
  34: ['absent', 'cannot read the base: correct directory.baseDn'],
  50: ['denied', 'does not let the bind account read this: give it Read on user accounts'],
  51: ['throttled', 'is busy'],
  52: ['failing', 'is not available'],
  53: ['failing', 'is unwilling to perform the operation'],
};

/**
 * The gap of a failed operation, and whether the connection is of no more use. Only codes of the library's error are read, and the error itself goes no further: it
 * knows the request.
 */
export function failureGap(error: unknown, given: Circumstances): { gap: GapError; isFatal: boolean } {
  const host = `The directory (${given.host})`;
  if (error instanceof ResultCodeError)
    return { gap: resultGap(error.code, host), isFatal: error.code === 1 };
  return { gap: brokenGap(error, host, given), isFatal: true };
}

function brokenGap(error: unknown, host: string, given: Circumstances): GapError {
  if (given.ended) return directoryGap('timed-out', `${host} did not answer before the deadline of the run`);
  if (error instanceof MessageParserError || given.answered)
    return directoryGap('malformed', `${host} sent half an answer, or one that is no LDAP`, true);
  if (given.late || isTimeout(error))
    return directoryGap('timed-out', `${host} did not answer in time: check firewalls and its load`, true);
  return connectionGap(codeOf(error), host);
}

/** The result code of a refused login and the vendor's sub code beside it, or undefined for any other failure. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof ResultCodeError) || error.code !== 49) return undefined;
  return /\bdata ([0-9a-f]+)/i.exec(error.message)?.[1]?.toLowerCase() ?? '';
}

/** Microsoft's sub codes of a refused bind. With a wrong password only 52e and 775 are told. */
const refusals: Readonly<Record<string, string>> = {
  '525': 'there is no such account',
  '52e': 'unknown account or wrong password',
  '530': 'it may not log in at this time (logon hours)',
  '531': 'it may not log in from this host',
  '532': 'its password has expired',
  '533': 'the account is disabled',
  '701': 'the account has expired',
  '773': 'its password must be changed first',
  '775': 'the account is locked out',
};

/** What a refused login says, for people. `code` is a sub code as `refusalCode` gives it. */
export function refusalWords(code: string): string {
  return refusals[code] ?? (code ? `code 49, data ${code}` : 'wrong account or password (code 49)');
}

function resultGap(code: number, host: string): GapError {
  const [cause, words] = results[code] ?? ['failing', `answered with code ${code}`];
  const retryable = cause === 'throttled' || code === 1 || code === 52;
  return directoryGap(cause, `${host} ${words}${code in results ? ` (code ${code})` : ''}`, retryable);
}

function connectionGap(code: string, host: string): GapError {
  const words = connecting[code] ?? trust[code];
  if (words) return directoryGap('unreachable', `${host} cannot be reached: ${words}`, code in connecting);
  if (/CERT|CRL|ISSUER|CHAIN|LEAF/.test(code)) {
    const unknown = 'comes from an unknown authority: name it in directory.tls.caFile';
    return directoryGap('unreachable', `${host} cannot be reached: its certificate ${unknown} (${code})`);
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    const words = 'no encrypted connection came about: check port and scheme';
    return directoryGap('unreachable', `${host} cannot be reached: ${words} (${code})`);
  }
  return directoryGap('unreachable', `${host} cannot be reached: ${connecting.ECONNRESET}`, true);
}

/** The library tells its own time-outs by words alone. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /Connection timeout|Operation timed out/.test(error.message);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
