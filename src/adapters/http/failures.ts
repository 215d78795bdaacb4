import { type GapCause, GapError, type GapSource } from '../../domain/gap.ts';

/** What is known of a request that got no whole answer: the code of the failure, and for whom to say it. */
export type Failure = { host: string; code: string; deadline: boolean; timedOut: boolean; seconds: number };

/** Whose answer is missing, and how a sentence calls it. */
export type Answerer = { source: GapSource; system: string };

const connecting: Record<string, string> = {
  ENOTFOUND: 'its name does not resolve: check the URL and the DNS',
  EAI_AGAIN: 'the name server does not answer: check the DNS of this host',
  ECONNREFUSED: 'nothing listens on that port: check the URL and whether the web server runs',
  EHOSTUNREACH: 'there is no route to it: check network and firewall',
  ENETUNREACH: 'there is no route to it: check network and firewall',
  ETIMEDOUT: 'the connection was not accepted in time: check network and firewall',
  ECONNRESET: 'the connection was cut: check proxies and firewalls on the way',
  EPIPE: 'the connection was cut: check proxies and firewalls on the way',
};

const trust: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired: renew it',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: use the name it is for, or replace it',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed: name the authority in tls.caFile',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an unknown authority: name it in tls.caFile',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate cannot be traced to a known authority: name it in tls.caFile, or let the server send the whole chain',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an unknown authority: name it in tls.caFile',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an unknown authority: name it in tls.caFile',
};

/** Only the code of the library's error is read: the object itself holds the request, and with it the credentials. */
export function failureGap(failure: Failure, { source, system }: Answerer): GapError {
  const { code } = failure;
  const host = `${system} (${failure.host})`;
  const gap = (cause: GapCause, detail: string, retryable = false) =>
    new GapError({ source, cause, detail: `${detail}.` }, retryable);
  if (failure.deadline) return gap('timed-out', `${host} did not answer before the deadline of the run`);
  if (failure.timedOut) {
    return gap('timed-out', `${host} gave no whole answer within ${failure.seconds} s`, true);
  }
  const words = connecting[code] ?? trust[code];
  if (words) return gap('unreachable', `${host} cannot be reached: ${words}`, code in connecting);
  if (/CERT|CRL|ISSUER|CHAIN/.test(code)) {
    return gap('unreachable', `${host} cannot be reached: its certificate is not trusted (${code})`);
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    return gap('unreachable', `${host} cannot be reached: no encrypted connection came about (${code})`);
  }
  return gap('malformed', `${host} sent a broken answer (${code}): check proxies on the way`, true);
}

/** The code of a library's error, the one thing of it that may be kept. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no code';
}
