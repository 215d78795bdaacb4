import { parseAccountName } from '../../domain/account-name.ts';
import type { AddressRestriction, VaultGroup } from '../../domain/evidence/account.ts';
import type { UserAuditRowRead, Vault } from '../../ports/vault.ts';
import type { Ask } from './ask.ts';
import { vaultGap } from './gaps.ts';
import { firstPageOf, rowsOf } from './paging.ts';
import { UserAudit } from './schemas/audits.ts';
import {
  Group,
  HeldRole,
  Membership,
  Restriction,
  RestrictionUse,
  RolePermission,
} from './schemas/groups.ts';
import { UserDetail, UserRow, userOf } from './schemas/users.ts';
import { trailOf } from './trail.ts';

type People = Pick<
  Vault,
  | 'accountsNamed'
  | 'usersNamed'
  | 'groupsOf'
  | 'rolesOf'
  | 'permissionsOf'
  | 'restrictionsOfUser'
  | 'restrictionsOfGroup'
  | 'auditOfUser'
  | 'groupsNamed'
>;

const withInactive = { 'filter.includeInactive': 'true' };

export function people(ask: Ask): People {
  return {
    accountsNamed: (username) => accountsNamed(ask, username),
    usersNamed: (username) => ask.once(`users ${username}`, () => usersNamed(ask, username)),
    groupsOf: (userId) => groupsOf(ask, userId),
    rolesOf: (userId) => rolesOf(ask, userId),
    permissionsOf: (roleId) =>
      ask.once(`role ${roleId}`, () =>
        rowsOf(ask, { path: `/api/v1/roles/${roleId}/permissions`, row: RolePermission }),
      ),
    restrictionsOfUser: (userId) => restrictionsAt(ask, `/api/v1/users/${userId}/ipaddress-restrictions`),
    restrictionsOfGroup: (groupId) =>
      ask.once(`restrictions ${groupId}`, () =>
        restrictionsAt(ask, `/api/v1/groups/${groupId}/ipaddress-restrictions`),
      ),
    auditOfUser: (userId, range) => auditOfUser(ask, userId, range),
    groupsNamed: (name) => groupsNamed(ask, name),
  };
}

/** The search looks into display names and mail addresses too, so names are compared here. */
async function accountsNamed(ask: Ask, username: string): Promise<UserRow[]> {
  const query = { 'filter.searchText': username, ...withInactive };
  const rows = await ask.once(`accounts ${username}`, () =>
    rowsOf(ask, { path: '/api/v1/users', row: UserRow, query }),
  );
  return rows.filter(
    (row) => sameText(row.username, username) || sameText(parseAccountName(row.username).username, username),
  );
}

async function usersNamed(ask: Ask, username: string) {
  const named = await accountsNamed(ask, username);
  return Promise.all(
    named.map(async (row) =>
      userOf(row, await ask.one(`/api/v1/users/${row.id}`, UserDetail, { includeInactive: 'true' })),
    ),
  );
}

/** A membership does not tell whether its group is enabled: that is looked up in the list of groups, or one by one. */
async function groupsOf(ask: Ask, userId: number): Promise<VaultGroup[]> {
  const [memberships, listed] = await Promise.all([
    rowsOf(ask, { path: `/api/v1/users/${userId}/groups`, row: Membership }),
    firstGroups(ask),
  ]);
  return Promise.all(
    memberships.map(
      ({ groupId }) =>
        listed.rows.find(({ id }) => id === groupId) ??
        ask.once(`group ${groupId}`, () => ask.one(`/api/v1/groups/${groupId}`, Group)),
    ),
  );
}

/** The list of groups is asked anyway; only where it has more than one page is the name searched for. */
async function groupsNamed(ask: Ask, name: string): Promise<VaultGroup[]> {
  const listed = await firstGroups(ask);
  const query = { 'filter.searchText': name, ...withInactive };
  const groups = listed.isLast
    ? listed.rows
    : await rowsOf(ask, { path: '/api/v1/groups', row: Group, query });
  return groups.filter((group) => sameText(group.name, name));
}

function firstGroups(ask: Ask) {
  return ask.once('groups', () =>
    firstPageOf(ask, { path: '/api/v1/groups', row: Group, query: withInactive }),
  );
}

/** Servers before `roles-assigned` list the roles without saying how they are held. */
function rolesOf(ask: Ask, userId: number): Promise<{ id: number; name: string }[]> {
  const user = `/api/v1/users/${userId}`;
  return rowsOf(ask, { path: `${user}/roles-assigned`, older: `${user}/roles`, row: HeldRole });
}

/** The use of a range names it by id; the ranges stand in one list, asked beside it to save a round. */
async function restrictionsAt(ask: Ask, path: string): Promise<AddressRestriction[]> {
  const [used, ranges] = await Promise.all([
    rowsOf(ask, { path, row: RestrictionUse }),
    ask.once('ranges', () => rowsOf(ask, { path: '/api/v1/ipaddress-restrictions', row: Restriction })),
  ]);
  return used.map((id) => {
    const range = ranges.find((one) => one.id === id);
    if (!range) throw vaultGap('absent', `The address range ${id} is not in the list that the reader sees`);
    return { name: range.name, range: range.range };
  });
}

/** Rows in which this user is the one affected: what the user did to others is another trail. */
async function auditOfUser(ask: Ask, userId: number, range: Parameters<Vault['auditOfUser']>[1]) {
  const dated = UserAudit.transform(({ row, userIdAffected }) => ({ ...row, userIdAffected }));
  const { rows, cut } = await trailOf(ask, range, { path: `/api/v1/users/${userId}/audit`, row: dated });
  const own = rows.filter(({ userIdAffected }) => userIdAffected === null || userIdAffected === userId);
  return { rows: own.map(({ userIdAffected, ...row }): UserAuditRowRead => row), cut };
}

function sameText(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
