import { z } from 'zod';
import type { UserAction } from '../../../domain/evidence/account.ts';
import type { SecretAction } from '../../../domain/evidence/secret.ts';
import type { FolderAuditRowRead, SecretAuditRowRead, UserAuditRowRead } from '../../../ports/vault.ts';
import { idOrNull, time, words, wordsOrNull, wordsTold, wordsToldOrEmpty } from './shapes.ts';

/**
 * The exact words of a user audit over REST are on no record: they are compared in capitals and without spaces, with
 * the forms of the event list. A lockout and its end are Edit rows whose notes say so.
 */
const userActions: Readonly<Record<string, UserAction>> = {
  LOGIN: 'login',
  LOGINFAILURE: 'login-failure',
  LOGINFAILED: 'login-failure',
  FAILEDLOGIN: 'login-failure',
  LOGOUT: 'logout',
  LOGOFF: 'logout',
  LOCKOUT: 'locked',
  LOCKEDOUT: 'locked',
  UNLOCK: 'unlocked',
  UNLOCKED: 'unlocked',
  PASSWORDCHANGE: 'password-changed',
  PASSWORDCHANGED: 'password-changed',
  CHANGEPASSWORD: 'password-changed',
  CREATE: 'changed',
  EDIT: 'changed',
  UPDATE: 'changed',
  ENABLE: 'changed',
  DISABLE: 'changed',
  DISABLED: 'changed',
  TWOFACTORCHANGED: 'changed',
  ADDEDTOGROUP: 'changed',
  REMOVEDFROMGROUP: 'changed',
};

function userAction(text: string, notes: string): UserAction {
  if (/IsLockedOut: false to true/i.test(notes)) return 'locked';
  if (/IsLockedOut: true to false/i.test(notes)) return 'unlocked';
  const word = text
    .toUpperCase()
    .replace(/[\s_-]/g, '')
    .replace(/^WEBSERVICES?/, '');
  // A failed login by a longer word must not be taken for none.
  return userActions[word] ?? (/LOG[IO]N/.test(word) && /FAIL/.test(word) ? 'login-failure' : 'other');
}

export const UserAudit = z
  .object({
    action: wordsTold,
    notes: words,
    dateRecorded: time,
    ipAddress: wordsOrNull,
    displayName: words,
    userIdAffected: idOrNull,
  })
  .transform(({ action, notes, dateRecorded, ipAddress, displayName, userIdAffected }) => ({
    userIdAffected,
    row: {
      at: dateRecorded,
      action: userAction(action, notes),
      text: action,
      notes,
      address: ipAddress,
      by: displayName,
    } satisfies UserAuditRowRead,
  }));

/** In this order. Rows of before 10.7, and perhaps those of SOAP still, begin with `WEBSERVICE`. */
const secretActions: readonly (readonly [RegExp, SecretAction])[] = [
  [/PASSWORD DISPLAYED/, 'password-displayed'],
  [/\bVIEW(ED)?\b(?! (SECRET )?(EDIT|AUDIT|SHARE|PERMISSION))/, 'viewed'],
  [/CHECK(ED)?[ -]?OUT/, 'checked-out'],
  [/CHECK(ED)?[ -]?IN\b/, 'checked-in'],
  [/CHANGE PASSWORD|PASSWORD CHANGE/, 'password-changed'],
  [/\bCREATED?\b/, 'created'],
  [/\b(UPDATED?|EDIT(ED)?)\b/, 'edited'],
  [/\b(DEACTIVATED?|DELETED?)\b/, 'deactivated'],
];

export const SecretAudit = z
  .object({
    action: wordsTold,
    notes: words,
    dateRecorded: time,
    username: wordsToldOrEmpty,
    byUserDisplayName: words,
  })
  .transform(({ action, notes, dateRecorded, username, byUserDisplayName }): SecretAuditRowRead => {
    const upper = action.toUpperCase().replaceAll('_', ' ');
    return {
      at: dateRecorded,
      action: secretActions.find(([form]) => form.test(upper))?.[1] ?? 'other',
      text: action,
      notes,
      username,
      displayName: byUserDisplayName,
    };
  });

export const FolderAudit = z
  .object({ action: words, notes: words, dateRecorded: time, displayName: words })
  .transform(
    ({ action, notes, dateRecorded, displayName }): FolderAuditRowRead => ({
      at: dateRecorded,
      text: action,
      notes,
      by: displayName,
    }),
  );
