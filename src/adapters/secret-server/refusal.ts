import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { SecretServerOptions } from './options.ts';

/**
 * What a refused login says of itself.
 * - `account` name, password, lock, second factor or expiry: the same password must not be sent again
 * - `service` web services are off: nobody's password was looked at
 * - `unclear` a text that is on no record
 */
export type RefusalKind = 'account' | 'service' | 'unclear';

/** Only `Login failed.` and `Invalid Duo pin code.` are on record; the rest is read by its words. */
export function refusalKind(text: string): RefusalKind {
  if (/web ?services?.*\b(not enabled|disabled|off)\b|\b(disabled|off)\b.*web ?services?/i.test(text))
    return 'service';
  const account =
    /login failed|password|lock(ed)? ?out|locked|pin code|two.?factor|2fa|mfa|otp|expired|disabled/i;
  return account.test(text) ? 'account' : 'unclear';
}

/** Slow to compute, so that a key in a shared store gives no quick way to guess the password it was made from. */
const derive = promisify<string, string, number, Buffer>(scrypt);

/** The keys under which refusals of this very password are remembered: for good, and until the service changes. */
export async function refusalKeys({
  url,
  reader,
}: SecretServerOptions): Promise<{ settled: string; unclear: string }> {
  const account = [url.replace(/\/+$/, ''), reader.domain ?? '', reader.username].join('\n').toLowerCase();
  const key = (await derive(reader.password(), `vaultcheck:${account}`, 32)).toString('hex');
  return { settled: `secret-server:${key}`, unclear: `secret-server:${key}:unclear` };
}
