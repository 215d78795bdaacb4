import type { SiteObstacle, SiteWorld } from '../site/world.ts';
import type { WorldSwitch } from './world-switches.ts';

/** What can stand in the appliance's way to Secret Server, as the probe beside it sees it. */
export const siteSwitches: readonly WorldSwitch<SiteWorld>[] = [
  inTheWay('filtered', 'Put a firewall before the appliance', 'Vaultcheck itself still gets through'),
  inTheWay('no-name', "Take the host out of the appliance's name server", ''),
  inTheWay('intercepted', 'Put a proxy with its own certificate before it', ''),
];

function inTheWay(obstacle: SiteObstacle, label: string, hint: string): WorldSwitch<SiteWorld> {
  return {
    ...{ id: `site-${obstacle}`, label, hint, group: "The appliance's network" },
    isOn: (world) => world.obstacle === obstacle,
    flip(world, on) {
      world.obstacle = on ? obstacle : null;
    },
  };
}
