/** Where Redis is. Passwords are inside: never print one of these whole, `nameOf` gives what may be shown. */
export type RedisTarget =
  | { kind: 'url'; url: string }
  | { kind: 'socket'; path: string }
  | {
      kind: 'sentinel';
      sentinels: HostPort[];
      name: string;
      username?: string;
      password?: string;
      db: number;
    }
  | { kind: 'cluster'; nodes: HostPort[]; username?: string; password?: string; tls: boolean };

export type HostPort = { host: string; port: number };

const forms = 'redis://, rediss://, redis-sentinel://host:port,host:port/name or redis-cluster://host:port,…';

/**
 * Reads `REDIS_URL` in each of its forms. Throws an Error whose message is for people and never repeats the value,
 * since it may hold a password.
 */
export function redisTarget(text: string): RedisTarget {
  const [, scheme, rest] = /^([a-z-]+):\/\/(.+)$/i.exec(text.trim()) ?? [];
  if (!scheme || !rest) throw new Error(`is not one of ${forms}`);
  switch (scheme.toLowerCase()) {
    case 'redis':
    case 'rediss':
      return single(text.trim());
    case 'redis-sentinel':
      return sentinel(rest);
    case 'redis-cluster':
      return cluster(rest);
    default:
      throw new Error(`begins with ${scheme}://, which is not one of ${forms}`);
  }
}

/** Where it is, without any credential: for logs and messages. */
export function nameOf(target: RedisTarget): string {
  if (target.kind === 'socket') return `unix:${target.path}`;
  if (target.kind === 'sentinel') return `sentinel ${list(target.sentinels)} for "${target.name}"`;
  if (target.kind === 'cluster') return `cluster ${list(target.nodes)}`;
  const { protocol, host, pathname } = new URL(target.url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

const list = (nodes: readonly HostPort[]) => nodes.map(({ host, port }) => `${host}:${port}`).join(', ');

function single(url: string): RedisTarget {
  if (!URL.canParse(url) || new URL(url).hostname === '')
    throw new Error('has no host: write redis://host:6379');
  return { kind: 'url', url };
}

function sentinel(rest: string): RedisTarget {
  const { credentials, hosts, path } = parts(rest);
  const [name, db = '0'] = path.split('/');
  if (!name) throw new Error('names no master: write redis-sentinel://host:26379,host:26379/mymaster');
  return { kind: 'sentinel', sentinels: hostPorts(hosts, 26379), name, db: Number(db) || 0, ...credentials };
}

function cluster(rest: string): RedisTarget {
  const { credentials, hosts, query } = parts(rest);
  return { kind: 'cluster', nodes: hostPorts(hosts, 6379), tls: query.get('tls') === 'true', ...credentials };
}

type Credentials = { username?: string; password?: string };

function parts(rest: string): {
  credentials: Credentials;
  hosts: string;
  path: string;
  query: URLSearchParams;
} {
  const [beforeQuery = '', query = ''] = rest.split('?', 2);
  const at = beforeQuery.lastIndexOf('@');
  const [hosts = '', ...path] = beforeQuery.slice(at + 1).split('/');
  return {
    credentials: at < 0 ? {} : credentialsOf(beforeQuery.slice(0, at)),
    hosts,
    path: path.join('/'),
    query: new URLSearchParams(query),
  };
}

function credentialsOf(text: string): Credentials {
  const colon = text.indexOf(':');
  const username = decodeURIComponent(colon < 0 ? '' : text.slice(0, colon));
  const password = decodeURIComponent(text.slice(colon + 1));
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function hostPorts(text: string, defaultPort: number): HostPort[] {
  const nodes = text
    .split(',')
    .filter(Boolean)
    .map((one) => {
      const [, host, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(one.trim()) ?? [];
      if (!host) throw new Error('has a host that does not parse: write host:port, separated by commas');
      return { host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : defaultPort };
    });
  if (nodes.length === 0) throw new Error('names no host');
  return nodes;
}
