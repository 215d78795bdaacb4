import type { SiteSight } from '../domain/evidence/reach.ts';
import type { Endpoint, Network } from '../ports/network.ts';
import type { SiteQuestion } from '../ports/sites.ts';
import { toldOf } from './told.ts';

/** What a probe sees of a target; null for one that nobody allowed it. Names are compared without case. */
export async function siteLook(
  network: Pick<Network, 'resolve' | 'connect' | 'handshake'>,
  { host, port, encrypted }: SiteQuestion,
  allowed: readonly Endpoint[],
): Promise<SiteSight | null> {
  const name = host.toLowerCase();
  if (!allowed.some((one) => one.host.toLowerCase() === name && one.port === port)) return null;
  const [resolution, connection, certificate] = await Promise.all([
    network.resolve(host),
    network.connect({ host, port }),
    encrypted ? toldOf(network.handshake({ host, port })) : null,
  ]);
  return { resolution, connection, certificate };
}
