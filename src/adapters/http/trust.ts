import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';

const kept = new Map<string, SecureContext>();

/**
 * What a connection trusts: the usual authorities and, where given, one's own (PEM). Made once per process. One's own
 * is added to what a context trusts without being told: given as `ca` it would stand alone, and to name the usual ones
 * beside it takes 20 ms for each context, since all of them are read again. `more` is the same for one caller.
 */
export function trusting(caPem: string | undefined, more: SecureContextOptions = {}): SecureContext {
  const key = JSON.stringify([caPem, more]);
  const context = kept.get(key) ?? createSecureContext(more);
  // The handle below the context is what Node itself gives `ca` to.
  if (caPem && !kept.has(key)) context.context.addCACert(caPem);
  kept.set(key, context);
  return context;
}
