import { accessDenied, ok, type Reply } from '../replies.ts';
import type { AddressRestriction, Group, User } from '../world/accounts.ts';
import { paged } from './paging.ts';
import type { Answer, Ask, Route } from './route.ts';

type Row = Record<string, unknown>;

/** The link between a range and an account; the range itself is read by its id. */
const ofUser = (user: User, { id, name }: AddressRestriction): Row => ({
  id: user.id * 10_000 + id,
  ipAddressRestrictionId: id,
  ipAddressRestrictionName: name,
  userId: user.id,
  userName: user.userName,
  userDisplayName: user.displayName,
});

const ofGroup = (group: Group, { id, name }: AddressRestriction): Row => ({
  id: group.id * 10_000 + id,
  ipAddressRestrictionId: id,
  ipAddressRestrictionName: name,
  groupId: group.id,
  groupName: group.name,
});

const links =
  <Holder extends { id: number; restrictionIds: number[] }>(
    holders: (ask: Ask) => Holder[],
    row: (holder: Holder, restriction: AddressRestriction) => Row,
  ) =>
  (ask: Ask, only: { holderId?: number; restrictionId?: number }): Reply => {
    const rows = holders(ask)
      .filter(({ id }) => only.holderId === undefined || id === only.holderId)
      .flatMap((holder) =>
        ask.world.restrictions
          .filter(({ id }) => holder.restrictionIds.includes(id))
          .filter(({ id }) => only.restrictionId === undefined || id === only.restrictionId)
          .map((restriction) => row(holder, restriction)),
      );
    return paged(ask, rows);
  };

const userLinks = links((ask) => ask.world.users, ofUser);
const groupLinks = links((ask) => ask.world.groups, ofGroup);

const ofUserId: Answer = (ask) => {
  const [holderId = 0] = ask.ids;
  return ask.world.users.some(({ id }) => id === holderId) ? userLinks(ask, { holderId }) : accessDenied;
};

const ofGroupId: Answer = (ask) => {
  const [holderId = 0] = ask.ids;
  return ask.world.groups.some(({ id }) => id === holderId) ? groupLinks(ask, { holderId }) : accessDenied;
};

const one: Answer = (ask) => {
  const restriction = ask.world.restrictions.find(({ id }) => id === ask.ids[0]);
  return restriction ? ok({ ...restriction }) : accessDenied;
};

const needs = ['View IP Addresses'];

export const restrictionRoutes: Route[] = [
  { path: '/v1/users/{id}/ipaddress-restrictions', needs, answer: ofUserId },
  { path: '/v1/groups/{id}/ipaddress-restrictions', needs, answer: ofGroupId },
  {
    path: '/v1/ipaddress-restrictions',
    needs,
    answer: (ask) =>
      paged(
        ask,
        ask.world.restrictions.map((restriction) => ({ ...restriction })),
      ),
  },
  { path: '/v1/ipaddress-restrictions/{id}', needs, answer: one },
  {
    path: '/v1/ipaddress-restrictions/{id}/users',
    needs,
    answer: (ask) => userLinks(ask, { restrictionId: ask.ids[0] ?? 0 }),
  },
  {
    path: '/v1/ipaddress-restrictions/{id}/groups',
    needs,
    answer: (ask) => groupLinks(ask, { restrictionId: ask.ids[0] ?? 0 }),
  },
];
