import { refusalKey } from '../http/refusal-key.ts';
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

/** The keys under which refusals of this very password are remembered: for good, and until the service changes. */
export async function refusalKeys({
  url,
  reader,
}: SecretServerOptions): Promise<{ settled: string; unclear: string }> {
  const account = [url.replace(/\/+$/, ''), reader.domain ?? '', reader.username];
  const key = await refusalKey('secret-server', account, reader.password());
  return { settled: key, unclear: `${key}:unclear` };
}
