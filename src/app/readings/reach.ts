import { canonicalAddress } from '../../domain/addresses.ts';
import { GapError } from '../../domain/gap.ts';
import { endpointOf } from '../asked-once.ts';
import type { Readings } from '../reading.ts';
import { atSites, reachOf, seenFrom, sitesUnasked } from './sites.ts';

/** What is seen of the URL that the appliance uses, from where this process stands and from each site in use. */
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
    async read({ network, settings, sites }) {
      const { host } = endpointOf(settings.scannerUrl);
      const literal = canonicalAddress(host) !== undefined;
      if (literal) return { host, literal, seen: [] };
      const seen = await seenFrom(
        network.resolve(host),
        atSites(settings, sites, (sight) => ({ known: sight.resolution })),
      );
      return { host, literal, seen };
    },
  },
  connection: {
    source: 'secret-server',
    scope: 'batch',
    what: 'a connection to its port',
    async read({ network, settings, sites }) {
      const endpoint = endpointOf(settings.scannerUrl);
      const seen = await seenFrom(
        network.connect(endpoint),
        atSites(settings, sites, (sight) => ({ known: sight.connection })),
      );
      return { ...endpoint, seen };
    },
  },
  certificate: {
    source: 'secret-server',
    scope: 'batch',
    what: 'its certificate',
    async read({ network, settings, sites }) {
      const endpoint = endpointOf(settings.scannerUrl);
      const encrypted = new URL(settings.scannerUrl).protocol === 'https:';
      if (!encrypted) return { host: endpoint.host, encrypted, seen: [] };
      const seen = await seenFrom(
        network.handshake(endpoint),
        atSites(settings, sites, (sight) => sight.certificate),
      );
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
    async read({ settings, sites }) {
      const unasked = sitesUnasked(settings, sites);
      if (unasked) throw new GapError(unasked);
      const seen = await atSites(settings, sites, reachOf);
      return seen.map(({ place, told }) => ({ site: place, told }));
    },
  },
} as const satisfies Partial<Readings>;
