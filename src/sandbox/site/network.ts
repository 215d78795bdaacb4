import { GapError } from '../../domain/gap.ts';
import type { Dialled, Network } from '../../ports/network.ts';
import type { SiteObstacle, SiteWorld } from './world.ts';

type Looks = Pick<Network, 'resolve' | 'connect' | 'handshake'>;

/** How connections end, in the words of the real network. */
const ends: Record<Exclude<SiteObstacle, 'intercepted'>, Dialled> = {
  'no-name': { state: 'unresolved', detail: 'its name does not exist' },
  filtered: { state: 'filtered', detail: 'nothing came back within 5 s' },
  'no-route': { state: 'no-route', detail: 'there is no route to it' },
};

/** The network of the site: this machine's own, with the obstacle in front of it. */
export function siteNetwork(world: SiteWorld, real: Looks): Looks {
  const end = () =>
    world.obstacle === null || world.obstacle === 'intercepted' ? null : ends[world.obstacle];
  return {
    async resolve(host) {
      if (world.obstacle !== 'no-name') return real.resolve(host);
      return { addresses: [], failure: 'the name does not exist' };
    },
    connect: async (endpoint) => end() ?? real.connect(endpoint),
    async handshake(endpoint) {
      const dialled = end();
      if (dialled) throw noConnection(endpoint.host, endpoint.port, dialled.detail);
      const seen = await real.handshake(endpoint);
      if (world.obstacle !== 'intercepted') return seen;
      const detail = 'no authority that is trusted vouches for it (SELF_SIGNED_CERT_IN_CHAIN)';
      return { ...seen, problem: 'untrusted', detail, issuer: 'Corp Web Gateway' };
    },
  };
}

function noConnection(host: string, port: number, detail: string): GapError {
  return new GapError({
    source: 'vaultcheck',
    cause: 'unreachable',
    detail: `No connection to ${host}:${port}: ${detail}`,
  });
}
