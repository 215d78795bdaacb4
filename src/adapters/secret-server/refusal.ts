import { type RefusedLogins, refusedLogins } from '../refused-logins.ts';
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

/** What was remembered of the reader's login: for good, or as `unclear` until the service changes. */
export function readerRefusals({ url, reader, refusals, now }: SecretServerOptions): RefusedLogins {
  const account = [url.replace(/\/+$/, ''), reader.domain ?? '', reader.username];
  return refusedLogins({ system: 'secret-server', account, password: reader.password, refusals, now });
}
