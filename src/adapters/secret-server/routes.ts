/**
 * All that Vaultcheck may ask of Secret Server, and nothing gets round it: `wire.ts` sends only what is found here.
 * Everything is read-only and none of it writes a VIEW row, checks a secret out or reveals a field. Left out on
 * purpose: `/secrets/{id}` and its fields, `/settings` (one-time-password keys), reports, and the query keys that check
 * out, check in, comment (`autoCheckout`, `forceCheckIn`, …) or load the mail password (`loadAll`, `loadEmail`).
 */
export type Method = 'GET' | 'POST';
export type Route = {
  method: Method;
  /** `{id}` stands for digits alone. */
  path: string;
  query: readonly string[];
  /** What the reader's role needs for it, in the vendor's words; null where any login will do. */
  needs: string | null;
};

const paging = ['skip', 'take', 'sortBy[0].name', 'sortBy[0].direction'];

const secretSearch = [
  ...paging,
  'filter.searchText',
  'filter.isExactMatch',
  'filter.folderId',
  'filter.includeSubFolders',
  'filter.includeInactive',
  'filter.includeRestricted',
  'filter.allowDoubleLocks',
  'filter.doNotCalculateTotal',
];

const generalSections = [
  'loadApplicationSettings',
  'loadSecurity',
  'loadLogin',
  'loadPermissionOptions',
  'loadUserExperience',
];

const read = (path: string, needs: string | null, query: readonly string[] = []): Route => ({
  method: 'GET',
  path,
  query,
  needs,
});

/** Permissions by the vendor's role permission list; which endpoint needs which is inferred, its API says nothing. */
export const routes: readonly Route[] = [
  { method: 'POST', path: '/oauth2/token', query: [], needs: null },
  { method: 'POST', path: '/api/v1/oauth-expiration', query: [], needs: null },
  read('/webservices/SSWebService.asmx', null, ['WSDL']),
  read('/api/v1/healthcheck', null),
  read('/api/v1/users/current', null),

  read('/api/v2/configuration/general', 'View Configuration', generalSections),
  read('/api/v1/configuration/security', 'View Configuration Security'),
  read('/api/v2/configuration/login', 'View Configuration'),
  /** The same before 11.2. Its `general` has no sections to choose from, so it is not asked: it holds a password. */
  read('/api/v1/configuration/login', 'View Configuration'),
  read('/api/v1/configuration/unlimited-admin', 'View Configuration Unlimited Admin'),

  read('/api/v1/users', 'View Users', [...paging, 'filter.searchText', 'filter.includeInactive']),
  read('/api/v1/users/{id}', 'View Users', ['includeInactive']),
  read('/api/v1/users/{id}/groups', 'View Users', paging),
  read('/api/v1/users/{id}/roles-assigned', 'View Roles', paging),
  read('/api/v1/users/{id}/roles', 'View Roles', paging),
  read('/api/v1/users/{id}/audit', 'View User Audit Report', paging),
  read('/api/v1/users/{id}/ipaddress-restrictions', 'View IP Addresses', paging),
  read('/api/v1/groups', 'View Groups', [...paging, 'filter.searchText', 'filter.includeInactive']),
  read('/api/v1/groups/{id}', 'View Groups'),
  read('/api/v1/groups/{id}/users', 'View Groups', paging),
  read('/api/v1/groups/{id}/ipaddress-restrictions', 'View IP Addresses', paging),
  read('/api/v1/ipaddress-restrictions', 'View IP Addresses', paging),
  read('/api/v1/roles/{id}/permissions', 'View Roles', paging),

  read('/api/v2/secrets', 'View Secret', secretSearch),
  /** The search of servers before 11.2: the same rows; the vendor's own tools still use it. */
  read('/api/v1/secrets', 'View Secret', secretSearch),
  read('/api/v1/secrets/{id}/state', 'View Secret'),
  read('/api/v1/secrets/{id}/audits', 'View Secret Audit', [...paging, 'filter.includePasswordChangeLog']),
  read('/api/v1/secret-access-requests/secrets/{id}/options', 'View Secret'),
  read('/api/v1/secret-permissions', 'View Secret', [...paging, 'filter.secretId']),
  read('/api/v1/folders', 'View Folders', [...paging, 'filter.searchText']),
  read('/api/v1/folders/{id}', 'View Folders'),
  read('/api/v1/folders/{id}/audit', 'View Folders', paging),
  read('/api/v1/folder-permissions', 'View Folders', [...paging, 'filter.folderId']),

  read('/api/v1/event-subscriptions', 'View Event Subscriptions', paging),
  read('/api/v1/event-subscriptions/{id}', 'View Event Subscriptions'),
  /** Which permission these need is on no record. */
  read('/api/v1/inbox-rules', null, paging),
  read('/api/v1/inbox-rules/{id}', null),
];

const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${escaped(route.path).replaceAll('\\{id\\}', '\\d{1,10}')}$`),
}));

/** The route that allows this request, or undefined: then it must not be sent. */
export function routeOf(method: string, path: string, keys: readonly string[]): Route | undefined {
  const found = patterns.find(({ route, pattern }) => route.method === method && pattern.test(path))?.route;
  return found && keys.every((key) => found.query.includes(key)) ? found : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
