/** -1 is Secret Server's own "not set": a local account or group has it as its domain. */
export const notSet = -1;

export type Domain = { id: number; name: string };

export type TwoFactorMethod = 'None' | 'Radius' | 'TOTPAuthenticator' | 'Duo' | 'Fido2' | 'Email';

/** An account of Secret Server. Times are epoch milliseconds; null is "never" or "not set". */
export type User = {
  id: number;
  userName: string;
  displayName: string;
  /** `notSet` for a local account. */
  domainId: number;
  email: string | null;
  enabled: boolean;
  isApplicationAccount: boolean;
  isLockedOut: boolean;
  /** When a lock runs out; null while not locked, or locked until somebody unlocks. */
  lockedUntil: number | null;
  lockOutReason: string | null;
  loginFailures: number;
  lastLoginAt: number | null;
  createdAt: number;
  password: string;
  passwordLastChangedAt: number | null;
  /** The expiry that the directory gives its account. */
  adExpiresAt: number | null;
  twoFactorMethod: TwoFactorMethod;
  personalGroupId: number;
  roleIds: number[];
  restrictionIds: number[];
};

export type Group = {
  id: number;
  name: string;
  domainId: number;
  enabled: boolean;
  /** Kept in step with a directory group. */
  synchronized: boolean;
  createdAt: number;
  memberIds: number[];
  roleIds: number[];
  restrictionIds: number[];
};

/** Permissions by their display names, such as `View Secret`. */
export type Role = { id: number; name: string; permissions: string[] };

/** `10.0.0.4`, `10.0.0.1-10.0.0.255` or `10.0.0.0/24`. */
export type AddressRestriction = { id: number; name: string; range: string };
