import { changePassword, disable, enable, lock, unlock } from '../directory/changes.ts';
import { corpDirectory, type DirectoryWorld, directoryUser } from '../directory/world.ts';
import type { WorldSwitch } from './world-switches.ts';

const { targetAccount } = corpDirectory;
const group = 'Directory';
const monthMs = 30 * 86_400_000;

/** What can be broken and mended in the simulated directory: the account whose password the secret holds. */
export const directorySwitches: readonly WorldSwitch<DirectoryWorld>[] = [
  {
    ...{ id: 'target-locked', label: 'Lock the target account', group, hint: 'scanadmin in the domain' },
    isOn: (world) => directoryUser(world, targetAccount)?.lockedAt !== null,
    flip: (world, on) => (on ? lock : unlock)(world, targetAccount),
  },
  {
    ...{ id: 'target-disabled', label: 'Disable the target account', group, hint: '' },
    isOn: (world) => directoryUser(world, targetAccount)?.disabled === true,
    flip: (world, on) => (on ? disable : enable)(world, targetAccount),
  },
  {
    ...{
      id: 'password-drift',
      label: 'Change its password in the directory only',
      group,
      hint: 'Secret Server keeps the old one',
    },
    isOn: (world) => (directoryUser(world, targetAccount)?.passwordSetAt ?? 0) > world.now() - monthMs / 2,
    flip: (world, on) => changePassword(world, targetAccount, on ? world.now() : world.now() - monthMs),
  },
];
