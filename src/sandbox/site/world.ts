/**
 * What the network of an appliance puts in the way to Secret Server.
 * - `no-name` its name server does not know the host
 * - `filtered` a firewall drops every connection
 * - `no-route` there is no way there
 * - `intercepted` a proxy answers with a certificate of its own
 */
export type SiteObstacle = 'no-name' | 'filtered' | 'no-route' | 'intercepted';

/** The network that an appliance stands in, as far as its way to Secret Server goes. */
export type SiteWorld = {
  /** As `site` of an appliance names it. */
  name: string;
  obstacle: SiteObstacle | null;
};

/** The site of the appliance of the integration `corp`, from which everything can be reached. */
export function healthySite(): SiteWorld {
  return { name: 'dmz', obstacle: null };
}
