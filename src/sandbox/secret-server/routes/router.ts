import type { Profile } from '../profile.ts';
import { accessDenied, noSuchEndpoint, type Reply } from '../replies.ts';
import { rolePermissions } from '../world/rights.ts';
import { alertingRoutes } from './alerting.ts';
import { configurationRoutes } from './configuration.ts';
import { folderRoutes } from './folders.ts';
import { groupRoutes } from './groups.ts';
import { permissionRoutes } from './permissions.ts';
import { restrictionRoutes } from './restrictions.ts';
import { roleRoutes } from './roles.ts';
import type { Ask, Route } from './route.ts';
import { secretRoutes } from './secrets.ts';
import { unusedRoutes } from './unused.ts';
import { userRoutes } from './users.ts';

const routes: Route[] = [
  ...secretRoutes,
  ...permissionRoutes,
  ...folderRoutes,
  ...userRoutes,
  ...groupRoutes,
  ...roleRoutes,
  ...restrictionRoutes,
  ...configurationRoutes,
  ...alertingRoutes,
  ...unusedRoutes,
];

const compiled = routes
  .map((route) => ({
    route,
    shape: new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '(-?\\d+)')}$`, 'i'),
  }))
  .sort((a, b) => Number(a.route.path.includes('{')) - Number(b.route.path.includes('{')));

export type Found = { route: Route; ids: number[] };

/** The route of a path below `/api`; undefined: not on the list of what may be asked at all. */
export function findRoute(path: string): Found | undefined {
  for (const { route, shape } of compiled) {
    const match = shape.exec(path);
    if (match) return { route, ids: match.slice(1).map(Number) };
  }
  return undefined;
}

/** Answers for a caller who is logged in: 404 where this version lacks the address, 400 where a permission is missing. */
export function answer({ route, ids }: Found, ask: Omit<Ask, 'ids' | 'holds'>): Reply {
  if (!isThere(route, ask.profile)) return noSuchEndpoint;
  const holds = rolePermissions(ask.world, ask.caller);
  const hasAll = (route.needs ?? []).every((name) => holds.has(name));
  const hasOne = !route.needsOne || route.needsOne.some((name) => holds.has(name));
  return hasAll && hasOne ? route.answer({ ...ask, ids, holds }) : accessDenied;
}

const isThere = ({ generations }: Route, { generation }: Profile) =>
  !generations || generations.includes(generation);
