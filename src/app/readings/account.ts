import { accountName, accountText } from '../../domain/account-name.ts';
import { GapError } from '../../domain/gap.ts';
import type { Account } from '../../domain/settings.ts';
import type { BatchDoor, Readings } from '../reading.ts';
import { forEachScanAccount } from '../told.ts';
import { existingUserId, findUser } from './scan-users.ts';
import { clockForDates, rangeOf, rowsWithin, userWithMoments } from './vault-times.ts';

/** The scan accounts, one answer each. Users are found once; what hangs on them is asked at the same time. */
export const accountReadings = {
  scanUsers: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the scan accounts',
    async read(from) {
      const clock = clockForDates(from);
      return forEachScanAccount(from.settings, async (account) => {
        const user = await findUser(from, account);
        return user && userWithMoments(user, await clock);
      });
    },
  },
  scanUserGroups: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the groups of the scan accounts',
    read: (from) => ofEachUser(from, (id) => from.vault.groupsOf(id)),
  },
  scanUserRoles: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the roles of the scan accounts',
    read: (from) => ofEachUser(from, (id) => heldRoles(from, id)),
  },
  scanUserRestrictions: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the address restrictions of the scan accounts',
    read: (from) => ofEachUser(from, (id) => restrictions(from, id)),
  },
  scanUserAudits: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the audits of the scan accounts',
    async read(from) {
      const start = from.at - from.settings.scanEveryMs;
      return ofEachUser(from, async (id, account) => {
        const window = { clock: await from.ask('vaultClock'), start };
        const trail = await from.vault.auditOfUser(id, rangeOf(window));
        return rowsWithin(trail, window, accountText(accountName(account)));
      });
    },
  },
  scanGroup: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the scan group',
    read: scanGroup,
  },
} as const satisfies Partial<Readings>;

function ofEachUser<T>(from: BatchDoor, ask: (userId: number, account: Account) => Promise<T>) {
  return forEachScanAccount(from.settings, async (account) => {
    return ask(await existingUserId(from, account), account);
  });
}

async function heldRoles({ vault }: BatchDoor, userId: number) {
  const roles = await vault.rolesOf(userId);
  const held = await Promise.all(
    roles.map(async ({ id, name }) => ({ id, name, permissions: await vault.permissionsOf(id) })),
  );
  const [first] = held;
  if (first && held.every(({ permissions }) => permissions.length === 0))
    throw withoutPermissions(first.name);
  return held;
}

/** Roles that the Delinea Platform keeps show none in Secret Server: nobody can say what such an account may do. */
function withoutPermissions(role: string): GapError {
  const detail = `Secret Server shows no permission of the role ${role}: it is empty, or kept in the Delinea Platform.`;
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}

async function restrictions({ vault }: BatchDoor, userId: number) {
  const ofGroups = async () => {
    const groups = await vault.groupsOf(userId);
    return Promise.all(
      groups.map(async ({ id, name }) => ({ group: name, ranges: await vault.restrictionsOfGroup(id) })),
    );
  };
  const [own, groups] = await Promise.all([vault.restrictionsOfUser(userId), ofGroups()]);
  return { own, groups };
}

/** A local group of the name goes before one that is synchronised from a directory. */
async function scanGroup({ settings, vault }: BatchDoor) {
  const name = settings.scanGroup;
  if (name === null) return null;
  const groups = await vault.groupsNamed(name);
  const group = groups.find(({ domain }) => domain === null) ?? groups[0];
  return { name, found: group ? { group } : null };
}
