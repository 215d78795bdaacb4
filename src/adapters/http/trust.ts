import {
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type SecureContextOptions,
} from 'node:tls';

const kept = new Map<string, SecureContext>();

/**
 * What a connection trusts: the usual authorities and, where given, one's own (PEM). Made once per process, since
 * reading all authorities takes 20 ms, which each new connection would pay again. `more` is the same for one caller.
 */
export function trusting(caPem: string | undefined, more: SecureContextOptions = {}): SecureContext {
  const key = JSON.stringify([caPem, more]);
  const context =
    kept.get(key) ?? createSecureContext({ ...more, ca: caPem ? [...rootCertificates, caPem] : undefined });
  kept.set(key, context);
  return context;
}
