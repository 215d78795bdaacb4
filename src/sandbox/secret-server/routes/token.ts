import { type Reply, unauthorized } from '../replies.ts';
import type { Sessions } from '../sessions.ts';
import { type LoginRefusal, logIn } from '../world/logins.ts';
import type { World } from '../world/world.ts';

const refused = (error: string): Reply => ({ status: 400, json: { error } });

/** `POST /oauth2/token`: a password grant. Every call is a login, with its row and its count of failures. */
export function grantToken(world: World, sessions: Sessions, body: string): Reply {
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'password') return refused('Unsupported grant type.');
  const credentials = {
    userName: form.get('username') ?? '',
    domain: form.get('domain') ?? undefined,
    password: form.get('password') ?? '',
  };
  const outcome = logIn(world, credentials, world.clientAddress);
  if (outcome.refusal !== null) return refused(refusalText(world, outcome.refusal));
  const { token, lifeSeconds } = sessions.open(outcome.user);
  const granted = { access_token: token, refresh_token: `refresh-${token}`, token_type: 'bearer' };
  return { status: 200, json: { ...granted, expires_in: lifeSeconds } };
}

/** Only `Login failed.` is known to be what the product says; the others are settings of the world. */
function refusalText({ settings: { texts } }: World, refusal: LoginRefusal): string {
  const known: Partial<Record<LoginRefusal, string>> = {
    WebServicesDisabled: texts.webServicesDisabled,
    UserIsLockedOut: texts.lockedOut,
    InvalidIpAddress: texts.addressRefused,
    TwoFactorFailed: texts.twoFactor,
    DirectApiPrevented: texts.directApi,
    Expired: texts.expired,
  };
  return known[refusal] ?? 'Login failed.';
}

/** `POST /api/v1/oauth-expiration`: ends the token that it is called with. */
export function endToken(sessions: Sessions, token: string | undefined): Reply {
  if (token === undefined || sessions.holder(token) === 'unknown') return unauthorized;
  sessions.end(token);
  return { status: 200, json: true };
}
