import { type Sealed, sealed } from './sealed.ts';
import { parsedUrl } from './values.ts';

type Host = { host: string; port: number };

/** Where Redis is. `shown` names it without user and password, for logs and errors. */
export type RedisTarget = {
  kind: 'single' | 'sentinel' | 'cluster';
  hosts: Host[];
  /** The name of the master that the sentinels watch; null for the other kinds. */
  masterName: string | null;
  tls: boolean;
  username: string | null;
  password: Sealed | null;
  database: number;
  shown: string;
};

const forms =
  'redis://host:6379, rediss://host:6379, redis-sentinel://host:26379,host:26379/name or redis-cluster://host:6379,host:6379';

const kinds: Record<string, { kind: RedisTarget['kind']; tls: boolean; port: number }> = {
  redis: { kind: 'single', tls: false, port: 6379 },
  rediss: { kind: 'single', tls: true, port: 6379 },
  'redis-sentinel': { kind: 'sentinel', tls: false, port: 26_379 },
  'rediss-sentinel': { kind: 'sentinel', tls: true, port: 26_379 },
  'redis-cluster': { kind: 'cluster', tls: false, port: 6379 },
  'rediss-cluster': { kind: 'cluster', tls: true, port: 6379 },
};

/** Takes a Redis URL apart. What is wrong comes back as a sentence that never repeats the URL: it may hold a password. */
export function redisTarget(text: string): RedisTarget | { problem: string } {
  const [, scheme = '', login, hostList = '', path = ''] =
    /^([a-z-]+):\/\/(?:([^@/]*)@)?([^@/?#]+)(?:\/([^?#]*))?$/i.exec(text) ?? [];
  const form = kinds[scheme.toLowerCase()];
  if (!form)
    return { problem: `must be one of ${forms}; special characters of a password are percent-encoded` };
  const hosts = hostList.split(',').map((one) => hostOf(one, form.port));
  const known = hosts.filter((one) => one !== undefined);
  if (known.length < hosts.length)
    return { problem: `has a host that cannot be read; it must be one of ${forms}` };
  if (form.kind === 'single' && known.length > 1)
    return { problem: 'names several hosts: use redis-cluster:// or redis-sentinel://' };
  const place = placeOf(form.kind, path);
  if ('problem' in place) return place;
  const credentials = credentialsOf(login);
  if ('problem' in credentials) return credentials;
  const shown = `${scheme.toLowerCase()}://${known.map(hostText).join(',')}${path && `/${path}`}`;
  return { kind: form.kind, tls: form.tls, hosts: known, ...place, ...credentials, shown };
}

function hostOf(text: string, defaultPort: number): Host | undefined {
  const url = parsedUrl(`tcp://${text}`);
  if (!url?.hostname || url.pathname) return undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? defaultPort : Number(url.port),
  };
}

function hostText({ host, port }: Host): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The path: a database, for Sentinel the master's name and then a database. A cluster has database 0 alone. */
function placeOf(
  kind: RedisTarget['kind'],
  path: string,
): Pick<RedisTarget, 'masterName' | 'database'> | { problem: string } {
  const parts = path === '' ? [] : path.split('/');
  const masterName = kind === 'sentinel' ? (parts.shift() ?? null) : null;
  const [database = '0', ...rest] = parts;
  if (kind === 'sentinel' && !masterName)
    return {
      problem: 'must end with the name that the sentinels watch: redis-sentinel://host:26379/mymaster',
    };
  if (rest.length > 0 || !/^\d{1,4}$/.test(database))
    return { problem: 'must end with the number of a database, if anything: /0' };
  if (kind === 'cluster' && database !== '0')
    return { problem: 'must not name a database: a cluster has one' };
  return { masterName, database: Number(database) };
}

function credentialsOf(
  login: string | undefined,
): Pick<RedisTarget, 'username' | 'password'> | { problem: string } {
  const [username = '', ...rest] = (login ?? '').split(':');
  try {
    const password = decodeURIComponent(rest.join(':'));
    return {
      username: decodeURIComponent(username) || null,
      password: password === '' ? null : sealed(password),
    };
  } catch {
    return { problem: 'has a user or password that is not percent-encoded' };
  }
}
