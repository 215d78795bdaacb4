import { canonicalAddress } from '../../domain/addresses.ts';
import { here } from '../../domain/evidence/reach.ts';
import type { Told } from '../../domain/told.ts';
import { endpointOf } from '../asked-once.ts';
import type { Readings } from '../reading.ts';
import { toldOf } from '../told.ts';

/** What is seen of the URL that the appliance uses, from where this process stands. */
export const reachReadings = {
  readerLogin: {
    source: 'secret-server',
    scope: 'batch',
    what: "the reader's login",
    async read({ vault }) {
      const { state, text, remembered } = await vault.signIn();
      return { state, text, remembered };
    },
  },
  resolution: {
    source: 'vaultcheck',
    scope: 'batch',
    what: 'the addresses of its host name',
    async read({ network, settings }) {
      const { host } = endpointOf(settings.scannerUrl);
      const literal = canonicalAddress(host) !== undefined;
      const seen = literal ? [] : await seenFromHere(network.resolve(host));
      return { host, literal, seen };
    },
  },
  connection: {
    source: 'secret-server',
    scope: 'batch',
    what: 'a connection to its port',
    async read({ network, settings }) {
      const endpoint = endpointOf(settings.scannerUrl);
      return { ...endpoint, seen: await seenFromHere(network.connect(endpoint)) };
    },
  },
  certificate: {
    source: 'secret-server',
    scope: 'batch',
    what: 'its certificate',
    async read({ network, settings }) {
      const endpoint = endpointOf(settings.scannerUrl);
      const encrypted = new URL(settings.scannerUrl).protocol === 'https:';
      const seen = encrypted ? await seenFromHere(network.handshake(endpoint)) : [];
      return { host: endpoint.host, encrypted, seen };
    },
  },
  health: {
    source: 'secret-server',
    scope: 'batch',
    what: 'its health check',
    read: ({ vault }) => vault.health(),
  },
  soapDescription: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the description of its SOAP address',
    read: ({ vault }) => vault.soapDescription(),
  },
  siteReach: {
    source: 'probe',
    scope: 'batch',
    what: 'the probes',
    async read({ settings }) {
      const sites = new Set(settings.appliances.flatMap(({ site }) => (site === null ? [] : [site])));
      return [...sites].map((site) => ({ site, told: { gap: unaskedSite(site) } }));
    },
  },
} as const satisfies Partial<Readings>;

async function seenFromHere<T>(asked: Promise<T>): Promise<{ place: string; told: Told<T> }[]> {
  return [{ place: here, told: await toldOf(asked) }];
}

function unaskedSite(site: string) {
  const detail = `The site "${site}" was not asked: this run has no way to its probe.`;
  return { source: 'probe', cause: 'not-configured', detail } as const;
}
