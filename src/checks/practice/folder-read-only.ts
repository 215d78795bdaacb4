import { accessText, atLeast, type KnownAccess, knownAccess } from '../../domain/access.ts';
import { defineCheck } from '../../domain/check.ts';
import { eachUser, worstOf } from '../../domain/each-account.ts';
import type { ScanUserGroups, VaultUser } from '../../domain/evidence/account.ts';
import type { SecretAccess, SecretSummary } from '../../domain/evidence/secret.ts';
import { gapsIn, othersOn } from '../../domain/folder-principals.ts';
import { ofAccount } from '../../domain/scan-account.ts';
import { gapsOf, type Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, uniqueGaps, unknown, warn } from '../../domain/verdict.ts';

type Key = 'folderAccess' | 'secretAccess' | 'secret' | 'scanUsers' | 'scanUserGroups';

export const folderReadOnly = defineCheck({
  id: 'folder-read-only',
  section: 'practice',
  title: 'Scan accounts read that folder, nobody unexpected does',
  why: 'View on the one folder is all that a scan needs. More of it, or more people on it, and the scan credentials are at risk.',
  remedy:
    "Give the scan accounts' group View on the folder, and nobody else but its administrators (folder > Edit Folder > Folder Permissions).",
  blocking: false,
  needs: ['folderAccess', 'scanUsers'],
  wants: ['scanUserGroups', 'secretAccess', 'secret'],
  exempt: ({ settings }) => (settings.folder === null ? 'No `folder` is configured.' : null),
  judge({ folderAccess, scanUsers, scanUserGroups, secretAccess, secret }, { settings }) {
    if (folderAccess === null) return unknown([unread]);
    const { path, entries } = folderAccess;
    const rights = eachUser<Key>(scanUsers, (user, { account, label }) => {
      const groups = ofAccount(scanUserGroups, account);
      const access = knownAccess({ known: entries }, user, groups);
      if ('gap' in access) return unknown([access.gap]);
      const name = `${label} has ${accessText(access.known)} on ${path}`;
      return onFolder({ name, user, access: access.known, groups, secretAccess, secret });
    });
    const others = othersOn({ access: folderAccess, users: scanUsers, groups: scanUserGroups, settings });
    return worstOf([
      rights,
      strangers(others, { path, judged: settings.folderAdmins !== null, scanUserGroups }),
    ]);
  },
});

type OnFolder = {
  name: string;
  user: VaultUser;
  access: KnownAccess;
  groups: Told<ScanUserGroups[number]['told'] extends Told<infer G> ? G : never>;
  secretAccess: Told<SecretAccess>;
  secret: Told<SecretSummary>;
};

function onFolder(given: OnFolder): Judgement<Key> {
  const { name, access, secret } = given;
  const seen = fact<Key>('folderAccess', name);
  const groupGaps = gapsOf([given.groups]);
  if (atLeast(access.level, 'owner')) return warn(`${name}; View is enough.`, [seen]);
  if (access.level === 'edit') {
    if ('gap' in secret) return unknown([secret.gap], [seen]);
    const reason = fact<Key>('secret', 'Hide Launcher Password is on, which makes Edit necessary');
    return secret.known.hidePassword ? pass(seen, reason) : warn(`${name}; View is enough.`, [seen]);
  }
  const [gap, ...more] = groupGaps;
  if (gap) return unknown(uniqueGaps([gap, ...more]), [seen]);
  return access.level === 'view' ? pass(seen) : without(given, seen);
}

/** No access by the folder: the secret itself may still give it. */
function without(given: OnFolder, seen: ReturnType<typeof fact<Key>>): Judgement<Key> {
  const own = knownAccess(given.secretAccess, given.user, given.groups);
  if ('gap' in own) return unknown([own.gap], [seen]);
  if (!atLeast(own.known.level, 'view')) return fail(`${given.name}, and none by the secret either.`, [seen]);
  const direct = fact<Key>('secretAccess', `On the secret itself it has ${accessText(own.known)}`);
  return warn(`${given.name}, only on the secret itself: new secrets would be missed.`, [seen, direct]);
}

function strangers(
  { others, undecided }: ReturnType<typeof othersOn>,
  at: { path: string; judged: boolean; scanUserGroups: Told<ScanUserGroups> },
): Judgement<Key> {
  const names = others.map((entry) =>
    accessText({ level: entry.level, via: { ...entry, inherited: false } }),
  );
  if (names.length > 0) {
    const seen = fact<Key>('folderAccess', `Others on ${at.path}: ${names.join(', ')}`);
    if (!at.judged) return pass(seen);
    return warn(`Others have rights on ${at.path}: ${names.join(', ')}.`, [seen]);
  }
  const [gap, ...more] = undecided.length > 0 && at.judged ? gapsIn(at.scanUserGroups) : [];
  if (gap) return unknown(uniqueGaps([gap, ...more]));
  return pass(fact('folderAccess', `Nobody else has rights on ${at.path}`));
}

const unread = {
  source: 'vaultcheck',
  cause: 'absent',
  detail: 'The permissions of the folder were not gathered in this run.',
} as const;
