import { accessDenied } from '../replies.ts';
import { paged } from './paging.ts';
import type { Answer, Route } from './route.ts';

const permissions: Answer = (ask) => {
  const role = ask.world.roles.find(({ id }) => id === ask.ids[0]);
  if (!role) return accessDenied;
  const rows = role.permissions.map((name, at) => ({
    rolePermissionId: at + 1,
    name: ask.profile.permissionNames === 'code' ? name.replaceAll(' ', '') : name,
    roleType: 'GlobalRoleType',
  }));
  return paged(ask, rows);
};

export const roleRoutes: Route[] = [
  { path: '/v1/roles/{id}/permissions', needs: ['View Roles'], answer: permissions },
];
