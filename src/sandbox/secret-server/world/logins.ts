import type { User } from './accounts.ts';
import { addressAdmitted } from './addresses.ts';
import { accountName, domainName, findUser } from './find.ts';
import { emit, events, recordUser } from './record.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

export type LoginRefusal =
  | 'WebServicesDisabled'
  | 'UnknownUser'
  | 'Disabled'
  | 'Expired'
  | 'UserIsLockedOut'
  | 'InvalidIpAddress'
  | 'DirectApiPrevented'
  | 'AuthenticationFailed'
  | 'TwoFactorFailed';

export type LoginOutcome = { user: User; refusal: null } | { user: User | null; refusal: LoginRefusal };

export type Credentials = { userName: string; domain?: string | undefined; password: string };

/**
 * A login over web services, by REST or SOAP alike. Writes what Secret Server writes: a Login or Login Failure row, a
 * count of failures, and the lockout as an Edit row by `ThycoticSystem`. An unknown name leaves a system log line only.
 */
export function logIn(world: World, credentials: Credentials, from: string): LoginOutcome {
  settle(world);
  const seen = world.settings.proxyAddress ?? from;
  if (!world.settings.enableWebServices) return { user: null, refusal: 'WebServicesDisabled' };
  const user = named(world, credentials);
  if (!user) return unknown(world, credentials);
  const refusal = reason(world, user, credentials.password, seen);
  if (refusal) return refuse(world, user, refusal, seen);
  user.loginFailures = 0;
  user.lastLoginAt = world.now();
  recordUser(world, { by: user, from: seen }, user, { kind: events.login });
  return { user, refusal: null };
}

/** The appliance logs in with what its Qualys record holds: by default the account's present password. */
export function applianceLogsIn(
  world: World,
  account: string,
  from: string,
  password: string | undefined = findUser(world, account)?.password,
): LoginOutcome {
  return logIn(world, { userName: account, password: password ?? 'none' }, from);
}

/** Somebody sends a wrong password so many times, from there. */
export function failLogins(world: World, account: string, from: string, times = 1): LoginOutcome[] {
  return Array.from({ length: times }, () => applianceLogsIn(world, account, from, 'a wrong password'));
}

/** Wrong passwords until the account is locked. */
export function lockOut(world: World, account: string, from: string): void {
  const left = world.settings.maximumLoginFailures - (findUser(world, account)?.loginFailures ?? 0);
  failLogins(world, account, from, Math.max(left, 1));
}

function named(world: World, { userName, domain }: Credentials): User | undefined {
  if (domain) return exactly(world, `${domain}\\${userName}`);
  return exactly(world, userName);
}

/** A bare name is a local account: Secret Server does not guess a domain. `local` is how some clients write none. */
function exactly(world: World, name: string): User | undefined {
  const wanted = name.replace(/^local\\/i, '').toLowerCase();
  return world.users.find((user) => {
    const full = accountName(world, user).toLowerCase();
    const domain = domainName(world, user.domainId)?.toLowerCase();
    return full === wanted || (domain !== undefined && `${user.userName.toLowerCase()}@${domain}` === wanted);
  });
}

function reason(world: World, user: User, password: string, from: string): LoginRefusal | null {
  const { settings } = world;
  if (!user.enabled) return 'Disabled';
  if (user.isLockedOut) return 'UserIsLockedOut';
  if (user.adExpiresAt !== null && user.adExpiresAt <= world.now()) return 'Expired';
  if (!addressAdmitted(world, user, from)) return 'InvalidIpAddress';
  if (settings.preventDirectApiAuthentication && !user.isApplicationAccount) return 'DirectApiPrevented';
  if (password !== user.password) return 'AuthenticationFailed';
  if (settings.requireTwoFactorForWebServices && user.twoFactorMethod !== 'None') return 'TwoFactorFailed';
  return null;
}

/** The detail words on record are three; what else refuses is written as a failed authentication. */
const details: Partial<Record<LoginRefusal, string>> = {
  UserIsLockedOut: 'UserIsLockedOut',
  InvalidIpAddress: 'InvalidIpAddress',
  TwoFactorFailed: 'Two factor authentication failed',
};

function refuse(world: World, user: User, refusal: LoginRefusal, from: string): LoginOutcome {
  const notes = details[refusal] ?? 'AuthenticationFailed';
  recordUser(world, { by: user, from }, user, { kind: events.loginFailure, notes });
  if (refusal === 'AuthenticationFailed' || refusal === 'TwoFactorFailed') countFailure(world, user);
  return { user, refusal };
}

function countFailure(world: World, user: User): void {
  const { maximumLoginFailures, userLockoutTimeMinutes } = world.settings;
  user.loginFailures += 1;
  if (user.loginFailures < maximumLoginFailures) return;
  user.isLockedOut = true;
  user.lockOutReason = 'LoginFailures';
  user.lockedUntil = userLockoutTimeMinutes > 0 ? world.now() + userLockoutTimeMinutes * 60_000 : null;
  const notes = `LoginFailures: ${user.loginFailures - 1} to ${user.loginFailures}; IsLockedOut: false to true;`;
  recordUser(world, { by: null }, user, { kind: events.userEdit, notes });
  emit(
    world,
    events.lockout,
    { by: null },
    { item: { id: user.id, name: accountName(world, user) }, details: notes },
  );
}

function unknown(world: World, { userName, domain }: Credentials): LoginOutcome {
  const name = domain ? `${domain}\\${userName}` : userName;
  emit(
    world,
    events.systemLog,
    { by: null },
    { item: null, details: `Login Failure - User ${name} does not exist` },
  );
  return { user: null, refusal: 'UnknownUser' };
}
