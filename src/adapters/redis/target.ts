/**
 * Where Redis is: what the configuration makes of `REDIS_URL`, or the socket of a private one. `shown` names it without
 * user and password.
 */
export type RedisTarget = SocketTarget | NetworkTarget;

type SocketTarget = {
  kind: 'socket';
  path: string;
  username?: string | null;
  password?: { reveal(): string } | null;
  shown: string;
};

type NetworkTarget = {
  kind: 'single' | 'sentinel' | 'cluster';
  hosts: readonly { host: string; port: number }[];
  /** The name of the master that the sentinels watch; null for the other kinds. */
  masterName: string | null;
  tls: boolean;
  username: string | null;
  password: { reveal(): string } | null;
  database: number;
  shown: string;
};

export function socketTarget(path: string): RedisTarget {
  return { kind: 'socket', path, shown: `unix:${path}` };
}
