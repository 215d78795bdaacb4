import { clause } from '../../domain/clause.ts';
import { here, type SiteReach, type SiteSight } from '../../domain/evidence/reach.ts';
import type { Gap } from '../../domain/gap.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Told } from '../../domain/told.ts';
import type { Sites } from '../../ports/sites.ts';
import { endpointOf } from '../asked-once.ts';
import { toldOf } from '../told.ts';

type Seen<T> = { place: string; told: Told<T> }[];
type Reach = Extract<SiteReach[number]['told'], { known: unknown }>['known'];

/** The sites that appliances of this integration stand in, each once. */
export function sitesInUse({ appliances }: Settings): string[] {
  return [...new Set(appliances.flatMap(({ site }) => (site === null ? [] : [site])))];
}

/** Why the sites in use were not asked at all; null when they were, or when there are none. */
export function sitesUnasked(settings: Settings, sites: Sites | null): Gap | null {
  const [first, ...others] = sitesInUse(settings);
  if (sites !== null || first === undefined) return null;
  const which = others.length > 0 ? `sites ${[first, ...others].join(', ')} were` : `site ${first} was`;
  const detail = `The ${which} not asked: without REDIS_URL this run has no way to a probe.`;
  return { source: 'probe', cause: 'not-configured', detail };
}

/** What is seen from here, then from each site. */
export async function seenFrom<T>(asked: Promise<T>, elsewhere: Promise<Seen<T>>): Promise<Seen<T>> {
  const [told, others] = await Promise.all([toldOf(asked), elsewhere]);
  return [{ place: here, told }, ...others];
}

/**
 * One part of what each site in use sees of the scanner URL: all parts come of one question. Empty where this run has
 * no way to the sites. `part` null: the probe left it out.
 */
export async function atSites<T>(
  settings: Settings,
  sites: Sites | null,
  part: (sight: SiteSight) => Told<T> | null,
): Promise<Seen<T>> {
  if (sites === null) return [];
  const question = {
    ...endpointOf(settings.scannerUrl),
    encrypted: new URL(settings.scannerUrl).protocol === 'https:',
  };
  return Promise.all(
    sitesInUse(settings).map(async (site) => {
      const sight = await toldOf(sites.look(site, question));
      const told = 'gap' in sight ? sight : (part(sight.known) ?? { gap: leftOut(site) });
      return { place: site, told };
    }),
  );
}

/**
 * Whether the network of a site lets a connection through to the end. A bad certificate is no lack of reach:
 * `tls-trusted` names it. A handshake that the probe did not get to see in its time is a gap.
 */
export function reachOf({ resolution, connection, certificate }: SiteSight): Told<Reach> {
  if (resolution.addresses.length === 0) return unreached(resolution.failure ?? 'the name has no address');
  if (connection.state !== 'open') return unreached(connection.detail);
  if (certificate === null) return { known: { reached: true, detail: connection.detail } };
  if ('gap' in certificate)
    return certificate.gap.cause === 'unreachable' ? unreached(clause(certificate.gap.detail)) : certificate;
  const { problem, detail } = certificate.known;
  return problem === 'no-handshake'
    ? unreached(detail)
    : { known: { reached: true, detail: connection.detail } };
}

function unreached(detail: string): Told<Reach> {
  return { known: { reached: false, detail } };
}

function leftOut(site: string): Gap {
  return { source: 'probe', cause: 'malformed', detail: `The probe of the site "${site}" left this out.` };
}
