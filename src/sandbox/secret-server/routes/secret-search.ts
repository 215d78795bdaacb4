import { reaches, rightOnSecret } from '../world/rights.ts';
import type { Folder, Secret, SecretRight } from '../world/secrets.ts';
import { type Ask, filter, isOn, numberFilter } from './route.ts';
import { isRestricted } from './secret-records.ts';

/** The filter that a search echoes, in the vendor's words. */
export const secretFilter: readonly string[] = [
  'searchText',
  'searchField',
  'searchFieldSlug',
  'includeInactive',
  'includeActive',
  'includeRestricted',
  'secretTemplateIds',
  'secretTemplateId',
  'hasLauncher',
  'folderId',
  'includeSubFolders',
  'heartbeatStatus',
  'siteId',
  'scope',
  'recentMinDateTime',
  'onlySharedWithMe',
  'extendedFields',
  'permissionRequired',
  'extendedTypeId',
  'passwordTypeIds',
  'onlyRPCEnabled',
  'doubleLockId',
  'isExactMatch',
  'allowDoubleLocks',
  'doNotCalculateTotal',
];

/**
 * What a search finds for this caller. Restricted secrets are left out unless asked for, DoubleLocked ones unless both
 * flags are sent (the document allows them by default, older product texts do not: the stricter reading). An exact match
 * compares the name or a whole field value, without case.
 */
export function searchSecrets(ask: Ask): Secret[] {
  return ask.world.secrets.filter(
    (secret) =>
      isListed(ask, secret) && isWanted(ask, secret) && inFolder(ask, secret) && matchesText(ask, secret),
  );
}

function isListed(ask: Ask, secret: Secret): boolean {
  const needed = (filter(ask, 'permissionRequired') ?? 'List') as SecretRight;
  return reaches(rightOnSecret(ask.world, ask.caller, secret), needed);
}

function isWanted(ask: Ask, secret: Secret): boolean {
  const wantsActive = filter(ask, 'includeActive')?.toLowerCase() !== 'false';
  if (secret.active ? !wantsActive : !isOn(ask, 'includeInactive')) return false;
  if (isRestricted(secret) && !isOn(ask, 'includeRestricted')) return false;
  return !secret.doubleLock || isOn(ask, 'allowDoubleLocks');
}

function inFolder(ask: Ask, secret: Secret): boolean {
  const wanted = numberFilter(ask, 'folderId');
  if (wanted === undefined) return true;
  if (secret.folderId === wanted) return true;
  return isOn(ask, 'includeSubFolders') && isBelow(ask.world.folders, secret.folderId, wanted);
}

function isBelow(folders: Folder[], id: number, ancestor: number): boolean {
  const parent = folders.find((folder) => folder.id === id)?.parentId;
  if (parent === undefined) return false;
  return parent === ancestor || isBelow(folders, parent, ancestor);
}

function matchesText(ask: Ask, secret: Secret): boolean {
  const wanted = filter(ask, 'searchText')?.toLowerCase();
  if (!wanted) return true;
  const texts = [secret.name, ...searchable(secret)].map((text) => text.toLowerCase());
  return isOn(ask, 'isExactMatch') ? texts.includes(wanted) : texts.some((text) => text.includes(wanted));
}

/** The password is not searched. */
function searchable(secret: Secret): string[] {
  return Object.entries(secret.fields)
    .filter(([field]) => field !== 'password')
    .map(([, value]) => value);
}
