import type { UserAuditRow } from './evidence/account.ts';
import type { FolderAuditRow } from './evidence/practice.ts';
import type { SecretAuditRow } from './evidence/secret.ts';
import type { Instant } from './instant.ts';

/** Something that the chain hangs on was changed: what was seen before it proves nothing any more. */
export type Change = {
  at: Instant;
  what: string;
  /** Not by the clock that the vault's audits are written with. */
  otherClock?: true;
};

/** Fields that a user's row tells of every login and lockout: they change by themselves. */
const counters = new Set([
  'loginfailures',
  'islockedout',
  'lockoutreason',
  'lastlogin',
  'lastsessionactivity',
]);

/** Other words that a user's audit has for changes of password, address restrictions, roles and groups. */
const accountWords = /group|role|address|restrict|password|two ?factor|enable|disable|edit|permission/i;
const secretWords = /permission|shar|policy|double ?lock|quantum ?lock|approv|security|edit|update|move/i;

/** The change of an account that a row tells of, if it tells of one. What cannot be told apart counts as a change. */
export function accountChange(row: UserAuditRow): Change | undefined {
  const change = { at: row.at, what: described(row) };
  if (row.action === 'password-changed') return change;
  if (row.action === 'changed') return onlyCounters(row.notes) ? undefined : change;
  return row.action === 'other' && accountWords.test(row.text) ? change : undefined;
}

/** The change of a secret's permissions or settings that a row tells of; a rotated password is none. */
export function secretChange(row: SecretAuditRow): Change | undefined {
  const change = { at: row.at, what: described(row) };
  if (row.action === 'created' || row.action === 'deactivated') return change;
  if (row.action === 'edited') return onlyPassword(row.notes) ? undefined : change;
  return row.action === 'other' && secretWords.test(row.text) ? change : undefined;
}

/** The change of a folder's permissions that a row tells of; renaming it or adding to it changes nobody's access. */
export function folderChange(row: FolderAuditRow): Change | undefined {
  const told = `${row.text} ${row.notes}`;
  return /permission|grant|revok|inherit|shar|move/i.test(told)
    ? { at: row.at, what: `the folder, ${described(row)}` }
    : undefined;
}

function described(row: { text: string; notes: string }): string {
  return row.notes ? `${row.text}: ${row.notes}` : row.text;
}

/** Changes stand as `Field: old to new;` lists. */
function onlyCounters(notes: string): boolean {
  const fields = notes.split(';').flatMap((part) => (part.trim() ? [part.split(':', 1)[0] ?? ''] : []));
  return (
    fields.length > 0 && fields.every((field) => counters.has(field.replaceAll(/\W/g, '').toLowerCase()))
  );
}

/** Edited fields stand as `Fields: (Password)`, also behind `Remote Password Change - `. */
function onlyPassword(notes: string): boolean {
  return /^(remote password change\s*-\s*)?fields?:\s*\(password\)\.?$/i.test(notes.trim());
}
