import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Folder, SecretPermission } from '../../../src/adapters/secret-server/schemas/access.ts';
import { SecretAudit, UserAudit } from '../../../src/adapters/secret-server/schemas/audits.ts';
import { GeneralConfiguration } from '../../../src/adapters/secret-server/schemas/configuration.ts';
import { SecretRow, SecretState } from '../../../src/adapters/secret-server/schemas/secrets.ts';
import { idOrNull, time, timeOrNull } from '../../../src/adapters/secret-server/schemas/shapes.ts';
import { Token } from '../../../src/adapters/secret-server/schemas/token.ts';
import { UserDetail, UserRow, userOf } from '../../../src/adapters/secret-server/schemas/users.ts';
import { reference, referenceAbsent } from '../../reference.ts';

const at = '2026-11-23T17:02:00';

describe('times', () => {
  it.each([
    ['2020-11-03T16:20:34.917', Date.UTC(2020, 10, 3, 16, 20, 34, 917), false],
    ['2020-11-03T16:20:34.9171234', Date.UTC(2020, 10, 3, 16, 20, 34, 917), false],
    ['2020-11-03T16:20:34', Date.UTC(2020, 10, 3, 16, 20, 34), false],
    ['2020-11-03T16:20:34.9Z', Date.UTC(2020, 10, 3, 16, 20, 34, 900), true],
    ['2020-11-03T16:20:34+02:00', Date.UTC(2020, 10, 3, 14, 20, 34), true],
  ])('reads %s', (text, ms, zoned) => {
    expect(time.parse(text)).toEqual({ ms, zoned });
  });

  it.each([
    '',
    'yesterday',
    '2020-11-03',
    '2020-13-03T16:20:34',
    '11/3/2020 4:20 PM',
    '2020-11-03T16:20:34 UTC',
    7,
  ])('does not take %j for a time', (text) => {
    expect(time.safeParse(text).success).toBe(false);
    expect(timeOrNull.safeParse(text).success).toBe(false);
  });

  it.each([null, undefined, '0001-01-01T00:00:00', '0001-01-01T00:00:00Z'])('reads %j as never', (text) => {
    expect(timeOrNull.parse(text)).toBeNull();
  });
});

describe('ids', () => {
  it.each([
    [7, 7],
    [-1, null],
    [0, null],
    [null, null],
    [undefined, null],
  ])('reads %j as %j', (id, meant) => {
    expect(idOrNull.parse(id)).toBe(meant);
  });
});

describe('what an audit says of an account', () => {
  it.each([
    ['LOGIN', '', 'login'],
    ['Login', '', 'login'],
    ['WEBSERVICE LOGIN', '', 'login'],
    ['LOGINFAILURE', '', 'login-failure'],
    ['Login Failure', '', 'login-failure'],
    ['LOGIN_FAILURE', '', 'login-failure'],
    ['FAILEDLOGIN', '', 'login-failure'],
    ['Login Failure (Two Factor)', '', 'login-failure'],
    ['Failed Logon', '', 'login-failure'],
    ['LOGOUT', '', 'logout'],
    ['LOCKOUT', '', 'locked'],
    ['EDIT', 'LoginFailures: 4 to 5; IsLockedOut: false to true;', 'locked'],
    ['Edit', 'IsLockedOut: true to false;', 'unlocked'],
    ['Edit', 'DisplayName: a to b;', 'changed'],
    ['Password Change', '', 'password-changed'],
    ['Logins Counted', '', 'other'],
  ])('%s (%s) → %s', (action, notes, meant) => {
    const row = { action, notes, dateRecorded: at, ipAddress: '', displayName: 'x', userIdAffected: -1 };
    const read = UserAudit.parse(row);
    expect(read).toMatchObject({ userIdAffected: null, row: { action: meant, text: action, address: null } });
  });
});

describe('what an audit says of a secret', () => {
  it.each([
    ['VIEW', 'viewed'],
    ['WEBSERVICE VIEW', 'viewed'],
    ['WEB SERVICES VIEW', 'viewed'],
    ['view', 'viewed'],
    ['VIEW SECRET EDIT', 'edited'],
    ['VIEW AUDIT', 'other'],
    ['REVIEWED', 'other'],
    ['PASSWORD DISPLAYED', 'password-displayed'],
    ['WEBSERVICE PASSWORD DISPLAYED', 'password-displayed'],
    ['SECRET CHECKED OUT', 'checked-out'],
    ['SECRET CHECKED IN', 'checked-in'],
    ['CHANGE PASSWORD', 'password-changed'],
    ['CREATE', 'created'],
    ['UPDATE', 'edited'],
    ['DEACTIVATE', 'deactivated'],
    ['EXPORT', 'other'],
  ])('%s → %s', (action, meant) => {
    const row = { action, notes: null, dateRecorded: at, username: 'CORP\\svc', byUserDisplayName: null };
    expect(SecretAudit.parse(row)).toMatchObject({ action: meant, text: action, notes: '', displayName: '' });
  });
});

describe('share levels', () => {
  it.each([
    ['View', 'view'],
    ['OWNER', 'owner'],
    ['None', 'none'],
    ['', 'none'],
    [null, 'none'],
  ])('%j → %s', (secretAccessRoleName, level) => {
    const row = { secretAccessRoleName, userId: 3, groupId: 9, knownAs: 'x' };
    expect(SecretPermission.parse(row)).toMatchObject({ level, userId: 3, groupId: null });
  });

  it('refuses a level that nobody knows, since it could be any', () => {
    expect(SecretPermission.safeParse({ secretAccessRoleName: 'Custodian' }).success).toBe(false);
  });
});

describe('what is judged and not told', () => {
  const audited = { action: 'VIEW', dateRecorded: at, username: null };
  const login = { action: 'LOGIN', dateRecorded: at, ipAddress: null };
  const entry = { secretAccessRoleName: 'View', userId: 3, groupId: null };
  const user = { id: 1, userName: 'svc', domainName: null };

  it.each<[string, z.ZodType, object, string]>([
    ['the action of a secret', SecretAudit, audited, 'action'],
    ['who did it', SecretAudit, audited, 'username'],
    ['the action of an account', UserAudit, login, 'action'],
    ['a share level', SecretPermission, entry, 'secretAccessRoleName'],
    ['whose entry it is', SecretPermission, entry, 'userId'],
    ['the domain of a user', UserRow, user, 'domainName'],
    ['whether it is checked out', SecretState, { isCheckedOut: null, secretState: 'None' }, 'isCheckedOut'],
  ])('%s: a version that calls it otherwise is not understood', (_, schema, row, field) => {
    expect(schema.safeParse(row).error?.issues ?? []).toEqual([]);
    const rest = Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
    expect(schema.safeParse(rest).error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });

  it('a holder says that it is checked out, where the flag does not', () => {
    const state = { isCheckedOut: null, checkedOutUserDisplayName: 'Anna', secretState: 'RequiresCheckout' };
    expect(SecretState.parse(state)).toMatchObject({ checkedOut: true, by: 'Anna' });
  });
});

describe('forced approval', () => {
  it.each([
    ['None', false],
    [false, false],
    ['RequireApprovalForAll', true],
    [true, true],
    [null, null],
    ['', null],
    [undefined, null],
  ])('%j → %j', (forceSecretApproval, meant) => {
    const read = GeneralConfiguration.parse({ permissionOptions: { forceSecretApproval } });
    expect(read.approvalForced).toBe(meant);
  });
});

describe('a configuration', () => {
  it('without any section tells nothing, and is not taken for "off"', () => {
    expect(new Set(Object.values(GeneralConfiguration.parse({})))).toEqual(new Set([null]));
  });

  it('is read under the section names of other versions', () => {
    const other = { loginSettings: { maximumLoginFailures: 4 }, securitySettings: { forceHttps: true } };
    expect(GeneralConfiguration.parse(other)).toMatchObject({ maximumLoginFailures: 4, forceHttps: true });
  });
});

const samples = reference('secret-server/samples/README.md');
const sample = (name: string): unknown =>
  JSON.parse(readFileSync(reference(`secret-server/samples/${name}`) ?? '', 'utf8'));

describe.skipIf(!samples)(`recorded replies (skipped where ${referenceAbsent})`, () => {
  it.each<[string, z.ZodType]>([
    ['secrets-search-v1.200.json', z.object({ records: z.array(SecretRow).min(1), hasNext: z.boolean() })],
    ['users-search.200.json', z.object({ records: z.array(UserRow).min(1), hasNext: z.literal(true) })],
    ['secret-summary.200.json', SecretRow],
    ['secret-summary-checkout.200.json', SecretRow],
    ['secret-state-requires-checkout.200.partial.json', SecretState],
    ['user.200.json', UserDetail],
    ['folder.200.json', Folder],
    ['oauth2-token.200.json', Token],
  ])('%s is understood', (name, schema) => {
    expect(schema.safeParse(sample(name)).error?.issues ?? []).toEqual([]);
  });

  it('says what they say, in our words', () => {
    expect(SecretRow.parse(sample('secret-summary-checkout.200.json'))).toMatchObject({
      folderId: null,
      hasLauncher: null,
      checkOutEnabled: true,
      heartbeat: 'Success',
      lastPasswordChangeAttempt: { ms: Date.UTC(2020, 10, 11, 8, 49, 59, 873), zoned: false },
    });
    expect(SecretRow.parse(sample('secret-summary.200.json'))).toMatchObject({
      folderId: 198,
      lastPasswordChangeAttempt: null,
    });
    expect(SecretState.parse(sample('secret-state-requires-checkout.200.partial.json'))).toEqual({
      checkedOut: false,
      byUserId: null,
      by: null,
      minutesLeft: null,
      intervalMinutes: 5,
      changesPassword: null,
      passwordChangePending: false,
    });
    const row = UserRow.parse({ id: 28, userName: 'UserOne', domainName: null, twoFactorMethod: 'None' });
    expect(userOf(row, UserDetail.parse(sample('user.200.json')))).toMatchObject({
      username: 'UserOne',
      domain: null,
      displayName: 'myTestUser',
      lastLogin: null,
      expires: null,
      personalGroupId: null,
      twoFactorMethods: [],
      applicationAccount: false,
    });
  });
});
