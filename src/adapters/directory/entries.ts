import { z } from 'zod';
import type { DirectoryAccount } from '../../domain/evidence/directory.ts';
import { instantOfFiletime } from './filetime.ts';
import { directoryGap } from './gaps.ts';

/** What is asked of an account. The computed attributes come only when they are asked for by name. */
export const accountAttributes: readonly string[] = [
  'sAMAccountName',
  'userPrincipalName',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'lockoutTime',
  'accountExpires',
  'pwdLastSet',
  'msDS-UserPasswordExpiryTimeComputed',
];

const accountDisabled = 0x2;
/** Bits of the computed attribute: the stored one never carries them, and `lockoutTime` stays after a lock has run out. */
const locked = 0x10;
const passwordExpired = 0x80_0000;

/** The library gives an empty list for what an entry lacks. */
const isAbsent = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

const Flags = z
  .string()
  .regex(/^-?\d{1,10}$/)
  .transform(Number);
const Filetime = z
  .string()
  .regex(/^-?\d{1,20}$/)
  .transform(BigInt);
const orNone = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (isAbsent(value) ? null : value), shape.nullable());

/** Names of attributes compare without case, so they stand in small letters here. */
const AccountEntry = z
  .object({
    samaccountname: z.string().min(1),
    userprincipalname: orNone(z.string()),
    useraccountcontrol: Flags,
    'msds-user-account-control-computed': Flags,
    lockouttime: orNone(Filetime),
    accountexpires: Filetime,
    pwdlastset: Filetime,
    'msds-userpasswordexpirytimecomputed': Filetime,
  })
  .transform((entry) => {
    const computed = entry['msds-user-account-control-computed'];
    const isLocked = (computed & locked) !== 0;
    const account: DirectoryAccount = {
      name: entry.samaccountname,
      enabled: (entry.useraccountcontrol & accountDisabled) === 0,
      locked: isLocked,
      lockedAt: isLocked ? instantOfFiletime(entry.lockouttime ?? 0n) : null,
      expires: instantOfFiletime(entry.accountexpires),
      mustChangePassword: entry.pwdlastset === 0n,
      passwordLastSet: instantOfFiletime(entry.pwdlastset),
      passwordExpired: (computed & passwordExpired) !== 0,
      passwordExpires: instantOfFiletime(entry['msds-userpasswordexpirytimecomputed']),
    };
    return { account, principalName: entry.userprincipalname };
  });
type AccountEntry = z.output<typeof AccountEntry>;

/** One entry as the library gives it: names in the server's own case. */
export type RawEntry = Readonly<Record<string, unknown>>;

/**
 * An account of the directory, in our words. Throws `absent` when our own account is not shown what is judged, and
 * `malformed` for values that Active Directory does not write.
 */
export function readAccount(raw: RawEntry): AccountEntry {
  const entry = inSmallLetters(raw);
  const parsed = AccountEntry.safeParse(entry);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
  const hidden = names.filter((name) => isAbsent(entry[name]));
  if (hidden.length > 0) {
    const list = hidden.map(writtenName).join(', ');
    throw directoryGap(
      'absent',
      `The directory does not show ${list} of an account: give the bind account Read on user accounts, and check that this is an Active Directory`,
    );
  }
  throw directoryGap(
    'malformed',
    `The directory gave something unreadable for ${names.map(writtenName).join(', ')}`,
  );
}

/** The text of an attribute, or undefined where there is none or more than one. */
export function textIn(raw: RawEntry, name: string): string | undefined {
  const value = inSmallLetters(raw)[name.toLowerCase()];
  return typeof value === 'string' ? value : undefined;
}

function inSmallLetters(raw: RawEntry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
}

function writtenName(name: string): string {
  return accountAttributes.find((one) => one.toLowerCase() === name) ?? name;
}
