import type { Socket } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { CertificateProblem, Handshake } from '../../domain/evidence/reach.ts';
import { GapError } from '../../domain/gap.ts';
import type { Endpoint } from '../../ports/network.ts';
import { trusting } from '../http/trust.ts';
import { dial } from './dial.ts';
import { inTime, type Patience } from './patience.ts';

type Asked = Patience & { caPem?: string | undefined; now: () => number };
type Fault = { problem: CertificateProblem | null; detail: string };

/**
 * A handshake that trusts nobody beforehand and then judges what it was shown, so that a bad certificate can be
 * described. Old protocol versions are offered too, to tell a server that speaks nothing newer from one that is broken.
 * Throws `unreachable` where there is no connection.
 */
export async function shakeHands(endpoint: Endpoint, asked: Asked): Promise<Handshake> {
  const { socket, dialled } = await dial(endpoint, asked);
  if (!socket) throw unreachable(endpoint, dialled.detail);
  const host = endpoint.host.replace(/^\[|\]$/g, '');
  const secure = connect(tlsOptions(socket, host, asked));
  try {
    const failure = await inTime(ended(secure), asked);
    if (failure === null) return unshaken(`no handshake within ${asked.timeoutMs / 1000} s`, 'no-handshake');
    if (failure !== 'done') return unshaken(...faultOf(failure));
    return described(secure, host, asked.now());
  } finally {
    secure.destroy();
    socket.destroy();
  }
}

/** The lowest security level of OpenSSL is what lets it speak TLS 1.0 and 1.1 at all. */
const oldToo = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

function tlsOptions(socket: Socket, host: string, { caPem }: Asked) {
  return {
    socket,
    // A server name is a name: addresses are not allowed there.
    ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
    secureContext: trusting(caPem, oldToo),
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  };
}

function ended(secure: TLSSocket): Promise<'done' | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    secure.once('secureConnect', () => resolve('done'));
    secure.on('error', resolve);
    secure.once('close', () => resolve(new Error('the connection was closed')));
  });
}

/** Without a handshake there is no certificate to speak of. */
function unshaken(detail: string, problem: CertificateProblem): Handshake {
  return { problem, detail, protocol: null, subject: null, issuer: null, validTo: null };
}

function faultOf({ code, message }: NodeJS.ErrnoException): [string, CertificateProblem] {
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|INAPPROPRIATE_FALLBACK/.test(code ?? '')) {
    return ['it speaks no TLS version that is still in use', 'old-protocol'];
  }
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST/.test(code ?? '')) return ['it does not speak TLS', 'no-handshake'];
  return [`the handshake failed (${code ?? message})`, 'no-handshake'];
}

function described(secure: TLSSocket, host: string, now: number): Handshake {
  const certificate = secure.getPeerCertificate();
  const protocol = secure.getProtocol();
  const validTo = Date.parse(certificate.valid_to);
  return {
    ...judged(secure, { certificate, host, now }),
    protocol,
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validTo: Number.isNaN(validTo) ? null : validTo,
  };
}

/** The first that holds: a certificate that is out of date is so whoever issued it. */
function judged(
  secure: TLSSocket,
  { certificate, host, now }: { certificate: PeerCertificate; host: string; now: number },
): Fault {
  const protocol = secure.getProtocol() ?? '';
  if (['SSLv3', 'TLSv1', 'TLSv1.1'].includes(protocol)) {
    return { problem: 'old-protocol', detail: `it speaks ${protocol} and nothing newer` };
  }
  const [from, to] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
  if (now > to) return { problem: 'expired', detail: `the certificate ended on ${day(to)}` };
  if (now < from) return { problem: 'not-yet-valid', detail: `the certificate begins on ${day(from)}` };
  if (checkServerIdentity(host, certificate)) {
    const names = certificate.subjectaltname ?? nameOf(certificate.subject) ?? 'nobody';
    return { problem: 'wrong-name', detail: `the certificate is for ${names}, not for ${host}` };
  }
  if (secure.authorized)
    return { problem: null, detail: 'The certificate is valid for that name and trusted' };
  return {
    problem: 'untrusted',
    detail: `no authority that is trusted vouches for it (${codeOf(secure.authorizationError)})`,
  };
}

/** The code alone. Node types it as an Error and gives a text. */
function codeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function nameOf(name: PeerCertificate['subject'] | undefined): string | null {
  const common: string | string[] | undefined = name?.CN ?? name?.O;
  return (Array.isArray(common) ? common.join(', ') : common) || null;
}

function unreachable({ host, port }: Endpoint, detail: string): GapError {
  return new GapError(
    { source: 'vaultcheck', cause: 'unreachable', detail: `No connection to ${host}:${port}: ${detail}` },
    true,
  );
}
