import { GapError } from '../domain/gap.ts';
import type { Settings } from '../domain/settings.ts';
import type { Directory } from '../ports/directory.ts';
import type { Endpoint, Network } from '../ports/network.ts';
import type { Scanner } from '../ports/scanner.ts';
import type { Sites } from '../ports/sites.ts';
import type { Vault } from '../ports/vault.ts';

type Question = (...subjects: unknown[]) => Promise<unknown>;

/**
 * A port whose questions leave the machine at most once per run: whoever asks again gets the same answer or gap.
 * `before` is waited for first; what it throws stands in for the answer.
 */
function askedOnce<P extends object>(port: P, before: (name: string) => Promise<void>): P {
  const entries = Object.entries(port).map(([name, ask]: [string, Question]) => {
    const answers = new Map<string, Promise<unknown>>();
    const question: Question = (...subjects) => {
      const key = JSON.stringify(subjects);
      const answer = answers.get(key) ?? before(name).then(() => ask(...subjects));
      if (!bulky.has(name)) answers.set(key, answer);
      return answer;
    };
    return [name, question];
  });
  // Every name keeps its question with the same arguments and answer.
  return Object.fromEntries(entries) as P;
}

/** A secret's trail is read by one reading only, and a batch of many secrets must not keep them all twice. */
const bulky: ReadonlySet<string> = new Set<keyof Vault>(['auditOfSecret']);

/** What is asked without a login: no password, no token. */
const anonymous: ReadonlySet<string> = new Set<keyof Vault>(['health', 'now', 'soapDescription']);

export function networkAskedOnce(network: Network): Network {
  return askedOnce(network, async () => {});
}

export function sitesAskedOnce(sites: Sites): Sites {
  return askedOnce(sites, async () => {});
}

export function scannerAskedOnce(scanner: Scanner): Scanner {
  return askedOnce(scanner, async () => {});
}

export function directoryAskedOnce(directory: Directory): Directory {
  return askedOnce(directory, async () => {});
}

/**
 * The vault for one run. Nothing that carries the reader's password or token is sent when the certificate of the
 * reader's URL is not trusted: those questions throw `unreachable`. Where no handshake can be had from here (a proxy
 * stands between) the adapter's own verification of the certificate decides.
 */
export function vaultAskedOnce(vault: Vault, network: Network, settings: Settings): Vault {
  let trust: Promise<void> | undefined;
  return askedOnce(vault, async (name) => {
    if (anonymous.has(name)) return;
    trust ??= trusted(network, settings.vaultUrl);
    await trust;
  });
}

async function trusted(network: Network, vaultUrl: string): Promise<void> {
  const url = new URL(vaultUrl);
  if (url.protocol !== 'https:') return;
  const handshake = await handshakeOrNone(network, endpointOf(vaultUrl));
  if (!handshake?.problem) return;
  const detail = `The certificate of ${url.host} is not trusted (${handshake.detail}), so the reader's password was not sent there.`;
  throw new GapError({ source: 'secret-server', cause: 'unreachable', detail });
}

async function handshakeOrNone(network: Network, endpoint: Endpoint) {
  try {
    return await network.handshake(endpoint);
  } catch (error) {
    if (error instanceof GapError) return null;
    throw error;
  }
}

/** Host and port of a URL; the brackets around an IPv6 address belong to the URL and not to the host. */
export function endpointOf(url: string): Endpoint {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port: port ? Number(port) : protocol === 'https:' ? 443 : 80 };
}
