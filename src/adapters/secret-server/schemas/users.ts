import { z } from 'zod';
import type { VaultUserRead } from '../../../ports/vault.ts';
import { flagOrNull, idOrNull, timeOrNull, words, wordsOrNull, wordsToldOrNull } from './shapes.ts';

/** The reader itself: what it may do, in the vendor's words. */
export const CurrentUser = z
  .object({ id: z.int(), permissions: z.array(z.object({ name: z.string() })) })
  .transform(({ id, permissions }) => ({ id, permissions: permissions.map(({ name }) => name) }));

/** A row of the user search. It alone tells the domain's name and the method of two-factor. */
export const UserRow = z
  .object({ id: z.int(), userName: z.string(), domainName: wordsToldOrNull, twoFactorMethod: wordsOrNull })
  .transform(({ id, userName, domainName, twoFactorMethod }) => ({
    id,
    username: userName,
    domain: domainName,
    twoFactorMethod: twoFactorMethod === 'None' ? null : twoFactorMethod,
  }));
export type UserRow = z.infer<typeof UserRow>;

/** The flags of a user, by the names that the search uses for the same methods. */
const methodFlags = {
  radiusTwoFactor: 'Radius',
  oathTwoFactor: 'TOTPAuthenticator',
  duoTwoFactor: 'Duo',
  fido2TwoFactor: 'Fido2',
} as const;

/** One user. Times may be "never". The reason of a lock has a code and, sometimes, a sentence. */
export const UserDetail = z
  .object({
    id: z.int(),
    displayName: words,
    enabled: z.boolean(),
    isLockedOut: z.boolean(),
    lockOutReason: wordsOrNull,
    lockOutReasonDescription: wordsOrNull,
    loginFailures: z.int(),
    lastLogin: timeOrNull,
    passwordLastChanged: timeOrNull,
    adAccountExpires: timeOrNull,
    isApplicationAccount: flagOrNull,
    twoFactor: flagOrNull,
    radiusTwoFactor: flagOrNull,
    oathTwoFactor: flagOrNull,
    duoTwoFactor: flagOrNull,
    fido2TwoFactor: flagOrNull,
    personalGroupId: idOrNull,
  })
  .transform((user) => ({
    id: user.id,
    displayName: user.displayName,
    enabled: user.enabled,
    lockedOut: user.isLockedOut,
    lockOutReason: user.lockOutReasonDescription ?? user.lockOutReason,
    loginFailures: user.loginFailures,
    lastLogin: user.lastLogin,
    passwordLastChanged: user.passwordLastChanged,
    expires: user.adAccountExpires,
    applicationAccount: user.isApplicationAccount,
    personalGroupId: user.personalGroupId,
    twoFactorMethods: methodsOf(user),
  }));
export type UserDetail = z.infer<typeof UserDetail>;

export function userOf(row: UserRow, detail: UserDetail): VaultUserRead {
  const methods = new Set(detail.twoFactorMethods);
  if (row.twoFactorMethod) methods.add(row.twoFactorMethod);
  if (methods.size > 1) methods.delete(unnamedMethod);
  return {
    ...detail,
    username: row.username,
    domain: row.domain,
    displayName: detail.displayName || row.username,
    twoFactorMethods: [...methods],
  };
}

/** The general flag says that there is a method, and not which. */
const unnamedMethod = 'two-factor';

function methodsOf(user: { twoFactor: boolean | null } & Record<keyof typeof methodFlags, boolean | null>) {
  const named = Object.entries(methodFlags).flatMap(([flag, name]) =>
    user[flag as keyof typeof methodFlags] ? [name as string] : [],
  );
  return named.length === 0 && user.twoFactor ? [unnamedMethod] : named;
}
