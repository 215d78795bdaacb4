import type { Environment } from './environment.ts';
import type { Sealed } from './sealed.ts';

/** The proxy for a URL, or null where `NO_PROXY` takes its host out: `*`, `host`, `.domain`, each with a port or without. */
export function proxyFor(url: string, proxy: Environment['proxy']): Sealed | null {
  if (!proxy) return null;
  const { hostname, port, protocol } = new URL(url);
  const target = { host: hostname.toLowerCase(), port: port || (protocol === 'http:' ? '80' : '443') };
  const isTakenOut = proxy.noProxy.split(/[\s,]+/).some((rule) => takesOut(rule.toLowerCase(), target));
  return isTakenOut ? null : proxy.url;
}

function takesOut(rule: string, { host, port }: { host: string; port: string }): boolean {
  if (rule === '') return false;
  if (rule === '*') return true;
  const [, name = '', onlyPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(rule) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}
