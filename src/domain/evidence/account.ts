import { z } from 'zod';
import { Instant } from '../instant.ts';
import { Account } from '../settings.ts';
import { type Told, told } from '../told.ts';

/** One piece per configured scan account, in the configuration's order. */
export const perAccount = <S extends z.ZodType>(shape: S) =>
  z.array(z.strictObject({ account: Account, told: told(shape) }));
export type PerAccount<T> = readonly { account: Account; told: Told<T> }[];

/** A user of Secret Server. Fields that an older server does not give are null. */
export const VaultUser = z.strictObject({
  id: z.int(),
  username: z.string(),
  domain: z.string().nullable(),
  displayName: z.string(),
  enabled: z.boolean(),
  lockedOut: z.boolean(),
  lockOutReason: z.string().nullable(),
  loginFailures: z.int(),
  lastLogin: Instant.nullable(),
  passwordLastChanged: Instant.nullable(),
  expires: Instant.nullable(),
  applicationAccount: z.boolean().nullable(),
  /** Names of the two-factor methods the account has; empty for none. */
  twoFactorMethods: z.array(z.string()),
  personalGroupId: z.int().nullable(),
});
export type VaultUser = z.infer<typeof VaultUser>;

/** Each scan account as Secret Server knows it; `known: null` when the reader may list users and there is none. */
export const ScanUsers = perAccount(VaultUser.nullable());
export type ScanUsers = z.infer<typeof ScanUsers>;

export const VaultGroup = z.strictObject({
  id: z.int(),
  name: z.string(),
  /** null: a group local to Secret Server. */
  domain: z.string().nullable(),
  synchronised: z.boolean(),
  enabled: z.boolean(),
});
export type VaultGroup = z.infer<typeof VaultGroup>;

export const ScanUserGroups = perAccount(z.array(VaultGroup));
export type ScanUserGroups = z.infer<typeof ScanUserGroups>;

/** A role that an account holds, directly or through a group, with its permissions in the vendor's words. */
export const HeldRole = z.strictObject({ id: z.int(), name: z.string(), permissions: z.array(z.string()) });
export type HeldRole = z.infer<typeof HeldRole>;

export const ScanUserRoles = perAccount(z.array(HeldRole));
export type ScanUserRoles = z.infer<typeof ScanUserRoles>;

/** A named range of addresses, as Secret Server writes it: single, `a-b`, or CIDR. */
export const AddressRestriction = z.strictObject({ name: z.string(), range: z.string() });
export type AddressRestriction = z.infer<typeof AddressRestriction>;

/** Where an account may log in from: its own ranges and those of each of its groups. */
export const ScanUserRestrictions = perAccount(
  z.strictObject({
    own: z.array(AddressRestriction),
    groups: z.array(z.strictObject({ group: z.string(), ranges: z.array(AddressRestriction) })),
  }),
);
export type ScanUserRestrictions = z.infer<typeof ScanUserRestrictions>;

/** The configured scan group; null when none is configured. `found` null: no group of that name exists. */
export const ScanGroup = z
  .strictObject({
    name: z.string(),
    found: z.strictObject({ group: VaultGroup }).nullable(),
  })
  .nullable();
export type ScanGroup = z.infer<typeof ScanGroup>;

/** What a row of a user's audit says happened; `other` keeps the vendor's own word in `text`. */
export const UserAction = z.enum([
  'login',
  'login-failure',
  'logout',
  'locked',
  'unlocked',
  'password-changed',
  'changed',
  'other',
]);
export type UserAction = z.infer<typeof UserAction>;

export const UserAuditRow = z.strictObject({
  at: Instant,
  action: UserAction,
  /** The vendor's word for the action. */
  text: z.string(),
  notes: z.string(),
  /** Where it came from; null when the row has no address. */
  address: z.string().nullable(),
  by: z.string(),
});
export type UserAuditRow = z.infer<typeof UserAuditRow>;

/** The rows of each scan account within the window, newest first. A trail that was cut at the row limit is a gap. */
export const ScanUserAudits = perAccount(z.array(UserAuditRow));
export type ScanUserAudits = z.infer<typeof ScanUserAudits>;

/** The address that Secret Server recorded for the reader's own login; null when the row carries none. */
export const ReaderSeenFrom = z.strictObject({ address: z.string().nullable() });
export type ReaderSeenFrom = z.infer<typeof ReaderSeenFrom>;

/**
 * How the vault's wall clock turns into moments: a fixed distance from UTC (measured) or a named zone (configured).
 * `how` is a sentence for the report.
 */
export const VaultClock = z.union([
  z.strictObject({ kind: z.literal('offset'), minutes: z.number(), how: z.string() }),
  z.strictObject({ kind: z.literal('zone'), zone: z.string(), how: z.string() }),
]);
export type VaultClock = z.infer<typeof VaultClock>;
