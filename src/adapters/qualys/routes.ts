/**
 * All that Vaultcheck may ask of Qualys, and nothing gets round it: `wire.ts` sends only what is found here. Lists and
 * views alone. `action` decides what a request does, so it is no free parameter: each route has its one.
 */
export type Method = 'GET' | 'POST';
export type Route = {
  /** `{version}` stands for one of `versions`, newest first; older ones answer where the newest is not known. */
  path: string;
  versions: readonly string[];
  action: 'list' | 'view';
  parameters: readonly string[];
  /** Whether the same may be asked by POST: lists of addresses can be too long for a URL. */
  long: boolean;
};

const list = (path: string, parameters: readonly string[], more: Partial<Route> = {}): Route => ({
  path,
  versions: ['2.0'],
  action: 'list',
  parameters,
  long: false,
  ...more,
});

/** Older versions of the two asset lists keep answering for a year after the next one came. */
const assetVersions = ['5.0', '4.0', '3.0', '2.0'];

export const routes = {
  vaults: list('/api/{version}/fo/vault/', ['limit', 'offset']),
  vault: list('/api/{version}/fo/vault/', ['id'], { action: 'view' }),
  records: list('/api/{version}/fo/auth/{type}/', ['details', 'id_min']),
  appliances: list('/api/{version}/fo/appliance/', ['output_mode']),
  scans: list('/api/{version}/fo/scan/', ['launched_after_datetime'], { versions: ['3.0', '2.0'] }),
  hosts: list('/api/{version}/fo/asset/host/', ['ips', 'details', 'truncation_limit', 'id_min'], {
    versions: assetVersions,
    long: true,
  }),
  detections: list(
    '/api/{version}/fo/asset/host/vm/detection/',
    ['ips', 'qids', 'show_igs', 'truncation_limit', 'id_min'],
    { versions: assetVersions, long: true },
  ),
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

const patterns: readonly { route: Route; pattern: RegExp }[] = Object.values(routes).map((route: Route) => ({
  route,
  pattern: new RegExp(
    `^${route.path
      .replace('{version}', `(?:${route.versions.join('|').replaceAll('.', '\\.')})`)
      .replace('{type}', '[a-z][a-z0-9_]{0,39}')}$`,
  ),
}));

/** The route that allows this request, or undefined: then it must not be sent. `query` holds each key once. */
export function routeOf(
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
): Route | undefined {
  const { action, ...rest } = query;
  return patterns.find(
    ({ route, pattern }) =>
      (method === 'GET' || (method === 'POST' && route.long)) &&
      pattern.test(path) &&
      action === route.action &&
      Object.keys(rest).every((key) => route.parameters.includes(key)),
  )?.route;
}
