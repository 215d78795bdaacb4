import { z } from 'zod';
import type { VaultGroup } from '../../../domain/evidence/account.ts';
import { wordsOrNull } from './shapes.ts';

/** A group of the search, or one asked by id: both tell these fields alike. A local group has no domain. */
export const Group = z
  .object({
    id: z.int(),
    name: z.string(),
    domainName: wordsOrNull,
    synchronized: z.boolean(),
    enabled: z.boolean(),
  })
  .transform(
    ({ id, name, domainName, synchronized, enabled }): VaultGroup => ({
      id,
      name,
      domain: domainName,
      synchronised: synchronized,
      enabled,
    }),
  );

/** A user in a group. Its `enabled` is the user's, so it tells nothing of the group. */
export const Membership = z.object({ groupId: z.int(), userId: z.int() });

/** A role that a user holds: `roleName` where the server tells how it is held, `name` in the older list. */
export const HeldRole = z.union([
  z
    .object({ roleId: z.int(), roleName: z.string() })
    .transform(({ roleId, roleName }) => ({ id: roleId, name: roleName })),
  z.object({ roleId: z.int(), name: z.string() }).transform(({ roleId, name }) => ({ id: roleId, name })),
]);

export const RolePermission = z.object({ name: z.string() }).transform(({ name }) => name);

export const RestrictionUse = z
  .object({ ipAddressRestrictionId: z.int() })
  .transform(({ ipAddressRestrictionId }) => ipAddressRestrictionId);

export const Restriction = z.object({ id: z.int(), name: z.string(), range: z.string() });
export type Restriction = z.infer<typeof Restriction>;
