import { emptyWorld, type Host, type World, type WorldOptions } from './world.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Names of the healthy world that tests and the demo speak of. */
export const corpQualys = {
  username: 'corp_ab1',
  vault: 'Corp Secret Server',
  vaultId: 2034,
  windowsRecord: 'Windows scan credentials',
  unixRecord: 'Linux scan credentials',
  appliance: 'appliance-01',
  lan: '192.168.7.4',
  windowsTargets: '10.1.0.1-10.1.0.38',
  unixTargets: '10.2.0.1-10.2.0.12',
  failedAuthenticationQids: [105015, 105053],
} as const;

/**
 * The other end of the healthy Secret Server world: its records fetch `scanadmin` and `unix-scan` as the scan account,
 * and the scan an hour ago logged in everywhere. `scannerUrl` is where the vault record points.
 */
export function healthyQualys(options: WorldOptions): World {
  const world = emptyWorld(options);
  addVaults(world, options.scannerUrl);
  addRecords(world);
  world.appliances.push({
    id: 777,
    name: corpQualys.appliance,
    online: true,
    lan: corpQualys.lan,
    heartbeatsMissed: 0,
    connectedAt: world.now() - minute,
    pollingSeconds: 180,
    activationCode: `activation-${world.canary}`,
  });
  addLastScan(world);
  return world;
}

function addVaults(world: World, url: string): void {
  const common = { password: `vault-${world.canary}`, modifiedBy: 'corp_mg1' };
  world.vaults.push(
    {
      ...common,
      id: 1901,
      title: 'Lab CyberArk',
      type: 'CyberArk AIM',
      url: 'https://cyberark.corp.example',
      username: 'lab',
      domain: '',
      modifiedAt: world.now() - 200 * day,
    },
    {
      ...common,
      id: corpQualys.vaultId,
      title: corpQualys.vault,
      type: 'Thycotic Secret Server',
      url,
      username: 'svc-qualys',
      domain: 'CORP',
      modifiedAt: world.now() - 30 * day,
    },
  );
}

function addRecords(world: World): void {
  const common = { password: `record-${world.canary}`, modifiedAt: world.now() - 30 * day };
  world.records.push(
    {
      ...common,
      id: 4000,
      type: 'windows',
      title: corpQualys.windowsRecord,
      username: 'scanadmin',
      domain: 'CORP',
      vault: { id: corpQualys.vaultId, secretName: 'scanadmin' },
      targets: [corpQualys.windowsTargets],
    },
    {
      ...common,
      id: 4001,
      type: 'windows',
      title: 'Lab, stored password',
      username: 'labscan',
      domain: 'LAB',
      vault: null,
      targets: ['192.0.2.1-192.0.2.30'],
    },
    {
      ...common,
      id: 3000,
      type: 'unix',
      title: corpQualys.unixRecord,
      username: 'unix-scan',
      domain: '',
      vault: { id: corpQualys.vaultId, secretName: 'unix-scan' },
      targets: [corpQualys.unixTargets],
    },
  );
}

/** It ran while Secret Server's last view was written, an hour ago, and everybody let it in. */
function addLastScan(world: World): void {
  const launchedAt = world.now() - 62 * minute;
  world.hosts.push(...hosts(5000, '10.1.0', 38, launchedAt), ...hosts(6000, '10.2.0', 12, launchedAt));
  world.scans.push({
    reference: 'scan/1795055398.11223',
    title: 'Weekly authenticated scan',
    state: 'Finished',
    launchedAt,
    durationMs: 25 * minute,
    targets: [corpQualys.windowsTargets, corpQualys.unixTargets],
  });
}

function hosts(firstId: number, network: string, count: number, launchedAt: number): Host[] {
  const scannedAt = launchedAt + 20 * minute;
  return Array.from({ length: count }, (_, index) => ({
    id: firstId + index,
    address: `${network}.${index + 1}`,
    scannedAt,
    authenticatedAt: scannedAt,
    failures: [],
  }));
}
