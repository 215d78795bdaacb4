import { accessDenied, ok, type Reply } from '../replies.ts';
import type { Group } from '../world/accounts.ts';
import { domainName } from '../world/find.ts';
import { paged } from './paging.ts';
import { type Answer, type Ask, filter, isOn, numberFilter, type Route, time } from './route.ts';
import { membership } from './user-records.ts';

type Row = Record<string, unknown>;

const groupFilter = [
  'searchText',
  'domainId',
  'includeInactive',
  'limitToViewableGroups',
  'platformOnly',
  'excludeInboxRuleIdSubscribers',
];

function searchGroups(ask: Ask): Group[] {
  const text = filter(ask, 'searchText')?.toLowerCase() ?? '';
  const domainId = numberFilter(ask, 'domainId');
  return ask.world.groups
    .filter((group) => group.enabled || isOn(ask, 'includeInactive'))
    .filter((group) => domainId === undefined || group.domainId === domainId)
    .filter(({ name }) => name.toLowerCase().includes(text));
}

function common(ask: Ask, group: Group): Row {
  return {
    id: group.id,
    name: group.name,
    created: time(ask, group.createdAt),
    domainId: group.domainId,
    domainName: domainName(ask.world, group.domainId),
    enabled: group.enabled,
    synchronized: group.synchronized,
    synchronizeNow: false,
    ...(ask.profile.generation === '10.9' ? {} : { isPlatform: false }),
  };
}

const summary = (ask: Ask, group: Group): Row => ({
  ...common(ask, group),
  domainGuid: null,
  memberCount: group.memberIds.length,
});

const model = (ask: Ask, group: Group): Row => ({
  ...common(ask, group),
  adGuid: null,
  canEditMembers: false,
  isEditable: false,
  hasGroupOwners: false,
  owners: null,
  ownerGroups: null,
  ownerUsers: null,
  ipAddressRestrictions: null,
  systemGroup: false,
});

function withGroup(answer: (ask: Ask, group: Group) => Reply): Answer {
  return (ask) => {
    const group = ask.world.groups.find(({ id }) => id === ask.ids[0]);
    return group ? answer(ask, group) : accessDenied;
  };
}

const members = withGroup((ask, group) => {
  const withDisabled = isOn(ask, 'includeInactiveUsersForGroup');
  const rows = ask.world.users
    .filter((user) => group.memberIds.includes(user.id) && (user.enabled || withDisabled))
    .map((user) => membership(ask, group, user));
  return paged(ask, rows, ['includeInactiveUsersForGroup', 'userDomainId']);
});

const needs = ['View Groups'];

export const groupRoutes: Route[] = [
  {
    path: '/v1/groups',
    needs,
    answer: (ask) =>
      paged(
        ask,
        searchGroups(ask).map((group) => summary(ask, group)),
        groupFilter,
      ),
  },
  { path: '/v1/groups/{id}', needs, answer: withGroup((ask, group) => ok(model(ask, group))) },
  { path: '/v1/groups/{id}/users', needs, answer: members },
];
