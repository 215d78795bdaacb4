import { corpDirectory, directoryUser } from '../directory/world.ts';
import { newScanPassword, type Worlds } from '../scenarios/story.ts';
import { user } from '../secret-server/world/find.ts';
import { corp } from '../secret-server/world/healthy.ts';
import { lockOut } from '../secret-server/world/logins.ts';
import { unlockAndScan, type WorldSwitch } from './world-switches.ts';

const hourMs = 3_600_000;

/** What happens on several sides at once. */
export const chainSwitches: readonly WorldSwitch<Worlds>[] = [
  {
    ...{
      id: 'stale-record',
      label: 'Change its password, and not in Qualys',
      group: 'Scan account',
      hint: 'the appliance goes on with the old one, and locks it',
    },
    isOn: (worlds) => user(worlds.vault, corp.scanAccount).isLockedOut && changedLately(worlds),
    flip(worlds, on) {
      if (!on) return unlockAndScan(worlds.vault);
      newScanPassword(worlds);
      lockOut(worlds.vault, corp.scanAccount, corp.applianceAddress);
    },
  },
];

function changedLately({ directory }: Worlds): boolean {
  const { passwordSetAt } = directoryUser(directory, corpDirectory.scanAccount);
  return (passwordSetAt ?? 0) > directory.now() - hourMs;
}
