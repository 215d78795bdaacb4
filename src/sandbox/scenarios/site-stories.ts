import type { SiteObstacle } from '../site/world.ts';
import { type Story, scanTries, type Worlds } from './story.ts';

const scanFailed = ['secret-viewed', 'qualys-scan-authenticated'];
const unreached = ['reachable-from-appliance', ...scanFailed];

/** Stories whose cause lies between the appliance and Secret Server: people get through, and the scan does not. */
export const siteStories: readonly Story[] = [
  {
    name: 'firewall-before-the-appliance',
    title: 'It works from every desk, and a firewall keeps the appliance out',
    symptom: 4,
    arrange: behind('filtered'),
    diagnosis: 'port-open',
    kind: 'cause',
    consequences: unreached,
  },
  {
    name: 'no-name-at-the-appliance',
    title: 'It works from every desk, and the name server of the appliance does not know the host',
    symptom: 4,
    arrange: behind('no-name'),
    diagnosis: 'url-resolves',
    kind: 'cause',
    consequences: ['port-open', ...unreached],
  },
  {
    name: 'proxy-before-the-appliance',
    title: 'It works from every desk, and a proxy shows the appliance a certificate of its own',
    symptom: 4,
    arrange: behind('intercepted'),
    diagnosis: 'tls-trusted',
    kind: 'cause',
    consequences: scanFailed,
  },
];

function behind(obstacle: SiteObstacle) {
  return (worlds: Worlds) => {
    worlds.site.obstacle = obstacle;
    scanTries(worlds);
  };
}
