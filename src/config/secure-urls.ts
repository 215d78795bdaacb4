import type { DraftIntegration } from './draft.ts';
import type { Breach } from './problems.ts';
import { parsedUrl } from './values.ts';

/** Passwords travel encrypted only: anything else is refused unless it stays on this machine or is asked for. */
export function insecureUrls({ secretServer, qualys, directory }: DraftIntegration): Breach[] {
  const vaultUrls = (['url', 'scannerUrl'] as const).flatMap((key) =>
    isClear(secretServer?.[key], 'http:') && !secretServer?.insecure
      ? [refused(['secretServer', key], 'https')]
      : [],
  );
  const scanner =
    isClear(qualys?.url, 'http:') && !qualys?.insecure ? [refused(['qualys', 'url'], 'https')] : [];
  const clearDirectory =
    isClear(directory?.url, 'ldap:') && !directory?.startTls && !directory?.insecure
      ? [refused(['directory', 'url'], 'ldaps')]
      : [];
  return [...vaultUrls, ...scanner, ...clearDirectory];
}

function isClear(text: string | undefined, scheme: string): boolean {
  const url = text === undefined ? undefined : parsedUrl(text);
  return url?.protocol === scheme && !isLoopback(url.hostname);
}

/** Whether a host of a URL is this machine whatever a name server says. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

function refused(path: string[], scheme: 'https' | 'ldaps'): Breach {
  const instead = scheme === 'https' ? 'use https://' : 'use ldaps://, or startTls: true beside it';
  return {
    path,
    text: `would send passwords in clear text: ${instead}; or accept that with insecure: true beside it`,
  };
}
