import {
  applianceOffline,
  applianceOnline,
  recordEdited,
  scanRan,
  vaultRecordEdited,
} from '../qualys/world/happenings.ts';
import { corpQualys } from '../qualys/world/healthy.ts';
import type { World } from '../qualys/world/world.ts';
import { corp } from '../secret-server/world/healthy.ts';
import type { WorldSwitch } from './world-switches.ts';

const { appliance, vault, vaultId, windowsRecord, windowsTargets } = corpQualys;
const movedUrl = 'https://old-vault.corp.example/SecretServer';
const oldName = 'scan-admin';

/** What can be broken and mended in the simulated Qualys. `scannerUrl` is where its vault record points when whole. */
export function scannerSwitches(scannerUrl: string): readonly WorldSwitch<World>[] {
  const group = 'Qualys';
  return [
    {
      ...{ id: 'appliance-offline', label: 'Take the appliance offline', group, hint: '' },
      isOn: ({ appliances }) => appliances.some((one) => !one.online),
      flip: (world, on) => (on ? applianceOffline(world, appliance) : applianceOnline(world, appliance)),
    },
    {
      ...{ id: 'vault-moved', label: 'Leave the old URL in the vault record', group, hint: movedUrl },
      isOn: ({ vaults }) => vaults.some((one) => one.url === movedUrl),
      flip: (world, on) => vaultRecordEdited(world, vault, { url: on ? movedUrl : scannerUrl }),
    },
    {
      ...{ id: 'record-misnamed', label: 'Misspell the secret in the record', group, hint: oldName },
      isOn: ({ records }) => records.some((one) => one.vault?.secretName === oldName),
      flip: (world, on) =>
        recordEdited(world, windowsRecord, {
          vault: { id: vaultId, secretName: on ? oldName : corp.secret },
        }),
    },
    {
      ...{
        id: 'hosts-refuse',
        label: 'Let a scan fail to log in to hosts',
        group,
        hint: 'it still ends well',
      },
      isOn: ({ hosts }) => hosts.some((one) => (one.scannedAt ?? 0) > (one.authenticatedAt ?? 0)),
      flip: (world, on) =>
        scanRan(world, { targets: [windowsTargets], authenticated: !on, durationMinutes: 1 }),
    },
    {
      ...{
        id: 'qualys-expired',
        label: 'Let the Qualys account expire',
        group,
        hint: 'its API says nothing more',
      },
      isOn: ({ refusesWith }) => refusesWith !== null,
      flip(world, on) {
        world.refusesWith = on ? 2001 : null;
      },
    },
  ];
}
