import { namesOnly } from '../../domain/access.ts';
import { defineCheck } from '../../domain/check.ts';
import { eachAccount, worstOf } from '../../domain/each-account.ts';
import type { ScanGroup, ScanUserGroups, ScanUsers, VaultGroup } from '../../domain/evidence/account.ts';
import type { FolderAccess } from '../../domain/evidence/practice.ts';
import type { SecretAccess } from '../../domain/evidence/secret.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import { gapsOf, knownOf, type Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, skipped, unknown, warn } from '../../domain/verdict.ts';

type Key = 'scanUserGroups' | 'scanGroup' | 'scanUsers' | 'secretAccess' | 'folderAccess';

export const accountGrouped = defineCheck({
  id: 'account-grouped',
  section: 'account',
  title: 'Several scan accounts share one local group',
  why: 'With one group that all scan accounts are in, a permission is given once, and a new account has all of them at once.',
  remedy:
    'Put all scan accounts into one local group (Administration > Groups) and give the permissions to that group.',
  blocking: false,
  needs: ['scanUserGroups'],
  wants: ['scanGroup', 'scanUsers', 'secretAccess', 'folderAccess'],
  exempt({ settings }) {
    const alone = settings.scanAccounts.length === 1 && settings.scanGroup === null;
    return alone ? 'There is one scan account and no `scanGroup`.' : null;
  },
  judge({ scanUserGroups, scanGroup, scanUsers, secretAccess, folderAccess }, { settings }) {
    const grouped =
      settings.scanGroup === null ? shared(scanUserGroups) : configured(scanGroup, scanUserGroups);
    const lists = [onSecret(scanUsers, secretAccess, folderAccess), onFolder(scanUsers, folderAccess)];
    return worstOf([grouped, ...lists]);
  },
});

function configured(told: Told<ScanGroup>, all: ScanUserGroups): Judgement<Key> {
  if ('gap' in told) return unknown([told.gap]);
  if (told.known === null) return shared(all);
  const { name, found } = told.known;
  if (!found) {
    const text = `Secret Server has no group ${name}`;
    return fail(
      `${text}.`,
      [fact('scanGroup', text)],
      `Create the local group ${name} (Administration > Groups).`,
    );
  }
  const { group } = found;
  const seen = fact('scanGroup', groupText(group));
  if (!group.enabled)
    return fail(`The group ${name} is disabled.`, [seen], 'Enable it (Administration > Groups).');
  const inside = eachAccount<readonly VaultGroup[], Key>(all, (groups, { label }) =>
    groups.some((one) => one.id === group.id)
      ? pass(fact('scanUserGroups', `${label} is in ${name}`))
      : warn(`${label} is not in the group ${name}.`, [fact('scanUserGroups', `${label} is not in ${name}`)]),
  );
  return worstOf([isLocal(group) ? pass(seen) : synchronised(group, 'scanGroup'), inside]);
}

/** Nobody named a group: some local one must hold them all. Everyone holds every user and says nothing. */
function shared(all: ScanUserGroups): Judgement<Key> {
  const [gap, ...more] = gapsOf(all.map((one) => one.told));
  if (gap) return unknown([gap, ...more]);
  const [first = [], ...others] = knownOf(all.map((one) => one.told));
  const common = first
    .filter((group) => group.enabled && group.name.trim().toLowerCase() !== 'everyone')
    .filter((group) => others.every((groups) => groups.some((one) => one.id === group.id)));
  const local = common.find(isLocal);
  if (local) return pass(fact('scanUserGroups', `All scan accounts are in ${groupText(local)}`));
  if (common[0]) return synchronised(common[0], 'scanUserGroups');
  const names = all.map((one) => accountLabel(one.account)).join(', ');
  const text = `No local group holds ${names} together`;
  return warn(`${text}.`, [fact('scanUserGroups', text)]);
}

/** A secret that is not there has no permissions to give one by one: then the dedicated folder's speak alone, where they are known. */
function onSecret(
  users: Told<ScanUsers>,
  access: Told<SecretAccess>,
  folder: Told<FolderAccess>,
): Judgement<Key> {
  const folderSpeaks = 'known' in folder && folder.known !== null;
  if ('gap' in access && access.gap.cause === 'absent' && folderSpeaks)
    return skipped('The permissions of the secret are not known.');
  return onePerAccount(users, access);
}

/** A folder that cannot be read adds nothing: its entries stand on the secrets that inherit them. */
function onFolder(users: Told<ScanUsers>, told: Told<FolderAccess>): Judgement<Key> {
  if ('gap' in told || told.known === null) return skipped('No permissions of a folder are known.');
  const { path, entries } = told.known;
  return onePerAccount(users, { known: entries }, { about: 'folderAccess', where: ` on ${path}` });
}

function onePerAccount(
  users: Told<ScanUsers>,
  access: Told<SecretAccess>,
  { about, where }: { about: Key; where: string } = { about: 'secretAccess', where: '' },
): Judgement<Key> {
  if ('gap' in users) return unknown([users.gap]);
  if ('gap' in access) return unknown([access.gap]);
  return eachAccount(users.known, (user, { label }) => {
    const single = user && access.known.find((entry) => namesOnly(entry, user));
    if (!single) return pass(fact(about, `No permission${where} is given to ${label} alone`));
    const seen = fact(about, `${label} has ${single.level}${where} by an entry of its own`);
    return warn(`The permission of ${label}${where} is given to it alone, not to a group.`, [seen]);
  });
}

function synchronised(group: VaultGroup, about: Key): Judgement<Key> {
  const text = `The group ${group.name} is synchronised from a directory`;
  return warn(`${text}: who is in it is decided there, not in Secret Server.`, [fact(about, text)]);
}

function isLocal(group: VaultGroup): boolean {
  return !group.synchronised && group.domain === null;
}

function groupText(group: VaultGroup): string {
  return `the ${isLocal(group) ? 'local' : 'synchronised'} group ${group.name}`;
}
