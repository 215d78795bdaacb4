import { accessDenied, ok, type Reply } from '../replies.ts';
import type { User } from '../world/accounts.ts';
import { domainName } from '../world/find.ts';
import { groupsOf } from '../world/rights.ts';
import { paged } from './paging.ts';
import { type Answer, type Ask, filter, isOn, numberFilter, type Route } from './route.ts';
import { assignedRoles, membership, userAudit, userModel, userSummary } from './user-records.ts';

const userFilter = [
  'searchText',
  'includeInactive',
  'domainId',
  'searchFields',
  'userIds',
  'excludeInboxRuleIdSubscribers',
];

/** Part of the user or display name, without case; disabled accounts only when asked for. */
function searchUsers(ask: Ask): User[] {
  const text = filter(ask, 'searchText')?.toLowerCase() ?? '';
  const domainId = numberFilter(ask, 'domainId');
  const ids = ask.query.getAll('filter.userIds').map(Number);
  return ask.world.users
    .filter((user) => user.enabled || isOn(ask, 'includeInactive'))
    .filter((user) => domainId === undefined || user.domainId === domainId)
    .filter((user) => ids.length === 0 || ids.includes(user.id))
    .filter(({ userName, displayName }) => `${userName}\n${displayName}`.toLowerCase().includes(text));
}

function withUser(answer: (ask: Ask, user: User) => Reply): Answer {
  return (ask) => {
    const user = ask.world.users.find(({ id }) => id === ask.ids[0]);
    return user ? answer(ask, user) : accessDenied;
  };
}

/** A disabled account is there only for who asks for inactive ones. */
const one = withUser((ask, user) => {
  const isAsked = ask.query.get('includeInactive')?.toLowerCase() === 'true';
  return user.enabled || isAsked ? ok(userModel(ask, user)) : accessDenied;
});

const current: Answer = (ask) => {
  const { caller, profile } = ask;
  const name = (text: string) => (profile.permissionNames === 'code' ? text.replaceAll(' ', '') : text);
  return ok({
    id: caller.id,
    userName: caller.userName,
    displayName: caller.displayName,
    emailAddress: caller.email,
    permissions: [...ask.holds].map((text) => ({ name: name(text) })),
    adminLinks: [],
    profileLinks: [],
    dateOptionId: -1,
    timeOptionId: -1,
    userLcid: 0,
    userTheme: null,
  });
};

const lookup: Answer = (ask) =>
  paged(
    ask,
    searchUsers(ask).map((user) => {
      const domain = domainName(ask.world, user.domainId);
      return { id: user.id, value: domain === null ? user.displayName : `${domain}\\${user.displayName}` };
    }),
    userFilter,
  );

const trail = withUser((ask, user) =>
  paged(
    ask,
    ask.world.userAudits
      .filter(({ affectedUserId, byUserId }) => affectedUserId === user.id || byUserId === user.id)
      .map((audit) => userAudit(ask, audit)),
  ),
);

const plain = (text: string) => text.toUpperCase().replaceAll(/[ _]/g, '');

const trailByAction: Answer = (ask) => {
  const actions = ask.query.getAll('actions').map(plain);
  const rows = ask.world.userAudits.filter(
    ({ action }) => actions.length === 0 || actions.includes(plain(action)),
  );
  return paged(
    ask,
    rows.map((audit) => userAudit(ask, audit)),
  );
};

const needs = ['View Users'];
const auditNeeds = ['View Users', 'View User Audit Report'];
const roleNeeds = ['View Users', 'View Roles'];

export const userRoutes: Route[] = [
  {
    path: '/v1/users',
    needs,
    answer: (ask) =>
      paged(
        ask,
        searchUsers(ask).map((user) => userSummary(ask, user)),
        userFilter,
      ),
  },
  { path: '/v1/users/lookup', needs, answer: lookup },
  { path: '/v1/users/current', answer: current },
  { path: '/v1/users/action/audit', needsOne: auditNeeds, answer: trailByAction },
  { path: '/v1/users/{id}', needs, answer: one },
  { path: '/v1/users/{id}/audit', needsOne: auditNeeds, answer: trail },
  {
    path: '/v1/users/{id}/groups',
    needs,
    answer: withUser((ask, user) =>
      paged(
        ask,
        groupsOf(ask.world, user).map((group) => membership(ask, group, user)),
      ),
    ),
  },
  {
    path: '/v1/users/{id}/roles',
    needs: roleNeeds,
    answer: withUser((ask, user) =>
      paged(
        ask,
        ask.world.roles
          .filter(({ id }) => user.roleIds.includes(id))
          .map(({ id, name }) => ({ roleId: id, name })),
      ),
    ),
  },
  {
    path: '/v1/users/{id}/roles-assigned',
    needs: roleNeeds,
    answer: withUser((ask, user) => paged(ask, assignedRoles(ask, user))),
  },
];
