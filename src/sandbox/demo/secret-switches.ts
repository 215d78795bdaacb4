import { addFolder } from '../secret-server/world/build.ts';
import { folder as folderAt, secret } from '../secret-server/world/find.ts';
import { corp } from '../secret-server/world/healthy.ts';
import {
  checkIn,
  deleteSecret,
  editSecret,
  moveSecret,
  personChecksOut,
  shareSecret,
} from '../secret-server/world/keepers.ts';
import type { World } from '../secret-server/world/world.ts';
import type { WorldSwitch } from './world-switches.ts';

const { administrator: jane, secretId, folder, scanGroup } = corp;
const group = 'Secret';
const attic = 'Attic';
const elsewhere = `\\${attic}`;

/** What a keeper of the secret does to it in one act, with the rows that it leaves. */
export const secretSwitches: readonly WorldSwitch[] = [
  {
    ...{ id: 'inactive', label: 'Delete the secret', group, hint: 'a deleted secret stays, inactive' },
    isOn: (world) => !secret(world, secretId).active,
    flip: (world, on) =>
      on ? deleteSecret(world, jane, secretId) : editSecret(world, jane, secretId, { active: true }),
  },
  {
    ...{ id: 'unshared', label: 'Take the scan group off the secret', group, hint: 'it stops inheriting' },
    isOn: (world) => !secret(world, secretId).inheritsPermissions,
    flip(world, on) {
      if (on) return shareSecret(world, jane, secretId, { with: scanGroup, right: null });
      editSecret(world, jane, secretId, { inheritsPermissions: true });
      secret(world, secretId).permissions = [];
    },
  },
  {
    ...{ id: 'moved', label: 'Move it out of the folder', group, hint: elsewhere },
    isOn: (world) => secret(world, secretId).folderId !== secret(world, 'unix-scan').folderId,
    flip(world, on) {
      if (on && !world.folders.some(({ name }) => name === attic)) openAttic(world);
      moveSecret(world, jane, secretId, on ? elsewhere : folder);
    },
  },
  {
    ...{ id: 'checked-out', label: 'Let jane check it out', group, hint: 'nobody else gets it until then' },
    isOn: (world) => secret(world, secretId).checkOut.byUserId !== null,
    flip(world, on) {
      editSecret(world, jane, secretId, { checkOut: { ...secret(world, secretId).checkOut, enabled: true } });
      if (on) return personChecksOut(world, jane, secretId);
      checkIn(world, jane, secretId);
      editSecret(world, jane, secretId, {
        checkOut: { ...secret(world, secretId).checkOut, enabled: false },
      });
    },
  },
];

/** A folder with the same rights as the dedicated one: only the place is wrong. */
function openAttic(world: World): void {
  const { permissions } = folderAt(world, folder);
  addFolder(world, { name: attic, inheritsPermissions: false, permissions: [...permissions] });
}
