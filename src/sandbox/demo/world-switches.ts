import { group, secret, user } from '../secret-server/world/find.ts';
import { corp } from '../secret-server/world/healthy.ts';
import { editSecret } from '../secret-server/world/keepers.ts';
import { applianceLogsIn, lockOut } from '../secret-server/world/logins.ts';
import {
  addToGroup,
  changeSettings,
  editAccount,
  removeFromGroup,
  restrictAccount,
  unlockAccount,
} from '../secret-server/world/people.ts';
import type { Secret } from '../secret-server/world/secrets.ts';
import type { Settings } from '../secret-server/world/settings.ts';
import { applianceViews } from '../secret-server/world/views.ts';
import type { World } from '../secret-server/world/world.ts';

/**
 * One thing of the simulated world that can be broken and mended. Everything is done by an administrator of that world,
 * so that its audits tell of it.
 */
export type WorldSwitch<W = World> = {
  id: string;
  label: string;
  group: string;
  hint: string;
  isOn(world: W): boolean;
  flip(world: W, on: boolean): void;
};

type Data = readonly [id: string, label: string, hint: string];
type Values<T> = { broken: T; whole: T };

const { administrator: jane, scanAccount, scanGroup, applianceAddress, secretId } = corp;

/** Somewhere in the documentation range: a client that is no appliance. */
const strangerAddress = '192.0.2.77';

function ofSetting<K extends keyof Settings>(
  [id, label, hint]: Data,
  key: K,
  { broken, whole }: Values<Settings[K]>,
): WorldSwitch {
  return {
    ...{ id, label, hint, group: 'Secret Server' },
    isOn: ({ settings }) => settings[key] === broken,
    flip: (world, on) => changeSettings(world, jane, { [key]: on ? broken : whole }),
  };
}

function ofSecret<K extends keyof Secret>(
  [id, label, hint]: Data,
  key: K,
  { broken, whole }: Values<Secret[K]>,
): WorldSwitch {
  return {
    ...{ id, label, hint, group: 'Secret' },
    isOn: (world) => secret(world, secretId)[key] === broken,
    flip: (world, on) => editSecret(world, jane, secretId, { [key]: on ? broken : whole }),
  };
}

const whileTrue: Values<boolean> = { broken: true, whole: false };
const whileFalse: Values<boolean> = { broken: false, whole: true };
const scanner = (world: World) => user(world, scanAccount);

const account: WorldSwitch[] = [
  {
    ...{
      id: 'account-locked',
      label: 'Lock svc-qualys out',
      group: 'Scan account',
      hint: 'failed logins from the appliance',
    },
    isOn: (world) => scanner(world).isLockedOut,
    flip: (world, on) => (on ? lockOut(world, scanAccount, applianceAddress) : unlockAndScan(world)),
  },
  {
    ...{ id: 'account-disabled', label: 'Disable svc-qualys', group: 'Scan account', hint: '' },
    isOn: (world) => !scanner(world).enabled,
    flip: (world, on) => editAccount(world, jane, scanAccount, { enabled: !on }),
  },
  {
    ...{
      id: 'address-blocked',
      label: "Block the appliance's address",
      group: 'Scan account',
      hint: `${applianceAddress} is left out of the restriction`,
    },
    isOn: (world) => !rangesOf(world).includes(applianceAddress),
    flip: (world, on) => restrictAccount(world, jane, scanAccount, [on ? strangerAddress : applianceAddress]),
  },
  {
    ...{
      id: 'group-left',
      label: 'Take it out of the scan group',
      group: 'Scan account',
      hint: 'its access came through the group',
    },
    isOn: (world) => !group(world, scanGroup).memberIds.includes(scanner(world).id),
    flip: (world, on) => (on ? removeFromGroup : addToGroup)(world, jane, scanAccount, scanGroup),
  },
  {
    ...{
      id: 'two-factor',
      label: 'Demand two-factor of web services',
      group: 'Scan account',
      hint: 'and the account has a method',
    },
    isOn: ({ settings }) => settings.requireTwoFactorForWebServices,
    flip(world, on) {
      changeSettings(world, jane, { requireTwoFactorForWebServices: on });
      editAccount(world, jane, scanAccount, { twoFactorMethod: on ? 'TOTPAuthenticator' : 'None' });
    },
  },
];

/** Whoever unlocks it starts a scan to see whether it works. */
export function unlockAndScan(world: World): void {
  unlockAccount(world, jane, scanAccount);
  applianceLogsIn(world, scanAccount, applianceAddress);
  applianceViews(world, scanAccount, corp.secret, applianceAddress);
}

function rangesOf(world: World): string[] {
  const { restrictionIds } = scanner(world);
  return world.restrictions.filter(({ id }) => restrictionIds.includes(id)).map(({ range }) => range);
}

/** All switches of the panel, in the order of the chain. */
export const worldSwitches: readonly WorldSwitch[] = [
  ofSetting(
    ['web-services-off', 'Turn web services off', 'one switch for SOAP and REST'],
    'enableWebServices',
    whileFalse,
  ),
  ofSetting(
    ['read-only', 'Start read-only mode', 'secrets that need check-out stop working'],
    'readOnlyMode',
    whileTrue,
  ),
  ...account,
  ofSecret(
    ['doublelock', 'Put DoubleLock on scanadmin', 'nothing can give the account access'],
    'doubleLock',
    whileTrue,
  ),
  ofSecret(['approval', 'Require approval for access', ''], 'requiresApproval', whileTrue),
  ofSecret(
    ['hide-password', 'Hide the launcher password', 'viewing it then needs Edit'],
    'hidePassword',
    whileTrue,
  ),
  ofSecret(['comment', 'Require a comment', 'an unattended login gives none'], 'requiresComment', whileTrue),
  ofSecret(
    ['heartbeat', 'Let its heartbeat fail', 'the stored password is wrong on the target'],
    'heartbeat',
    {
      broken: 'Failed',
      whole: 'Success',
    },
  ),
];
