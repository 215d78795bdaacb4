import { describe, expect, it } from 'vitest';
import { accountText } from '../../../src/domain/account-name.ts';
import { serviceSwitches } from '../../../src/domain/vault-event.ts';
import { eventOf, vaultLine } from './line.ts';

const edit = (details: string) =>
  `msg=[[SecretServer]] Event: [User] Action: [Edit] By User: admin Item Name: CORP\\svc (Item Id: 7) Details:  ${details} suser=admin duser=CORP\\svc fileType=User fileId=7`;
const secretEdit = (details: string) =>
  `msg=[[SecretServer]] Event: [Secret] Action: [Edit] By User: admin Item Name: scanadmin (Item Id: 42) Details:  ${details} suser=admin fname=scanadmin fileType=Secret fileId=42`;
const log = (text: string) => `msg=${text} rt=Nov 24 2026 02:00:05`;

describe('classify', () => {
  it.each([
    [4, 'USER - LOCKOUT', 'duser=svc', 'account-locked'],
    [4, 'USER – LOCKOUT', 'duser=svc', 'account-locked'],
    [4, 'anything', 'duser=svc', 'account-locked'],
    ['', 'User – Lockout', 'duser=svc', 'account-locked'],
    [99999, 'USER - LOCKOUT', 'duser=svc', 'account-locked'],
    [10100, 'USER - EDIT', edit('LoginFailures: 4 to 5; IsLockedOut: false to true;'), 'account-locked'],
    [10100, 'USER - EDIT', edit('IsLockedOut: False to True; Enabled: true to false;'), 'account-locked'],
    [10100, 'USER - EDIT', edit('LoginFailures: 5 to 0; IsLockedOut: true to false;'), 'account-unlocked'],
    [10100, 'USER - EDIT', edit('Enabled: true to false;'), 'account-disabled'],
    [10100, 'USER - EDIT', edit('Enabled: false to true;'), 'account-enabled'],
    [10100, 'USER - EDIT', edit('EmailAddress: a to IsLockedOut: false to true;'), 'account-edited'],
    [10100, 'USER - EDIT', edit('LoginFailures: 1 to 2;'), 'account-edited'],
    [19, 'USER - PASSWORDCHANGE', 'duser=svc', 'password-changed'],
    [10101, 'USER - TWO FACTOR UPDATED', 'duser=svc', 'two-factor-changed'],
    [10005, 'SECRET - EDIT', secretEdit('Fields: (Username)'), 'secret-edited'],
    [10005, 'SECRET - EDIT', secretEdit('CORP\\Scanners (Revoked View)'), 'secret-permissions-changed'],
    [10005, 'SECRET - EDIT', secretEdit('FolderId: 3 to 9;'), 'secret-moved'],
    [10005, 'SECRET - EDIT', secretEdit('SecretName: scanadmin to old;'), 'secret-renamed'],
    [10002, 'SECRET - DELETE', secretEdit(''), 'secret-deleted'],
    [10026, 'SECRET - CHECKOUT', secretEdit(''), 'secret-checked-out'],
    [10025, 'SECRET - CHECKIN', secretEdit(''), 'secret-checked-in'],
    [10010, 'SECRET - EXPIRES1DAY', secretEdit(''), 'secret-expiring'],
    [10152, 'ENGINE - ONLINE', '', 'engine-online'],
    [500, 'System Log', log('Login Failure - User svc-qualis does not exist'), 'login-unknown-user'],
    [500, 'System Log', log('VAULT01: Application initialized and started.'), 'node-started'],
    [500, 'System Log', log('Login Failed.'), 'system-log'],
    [100, 'CONFIGURATION - EDIT', 'msg=x', 'configuration-edited'],
    [424242, 'SOMETHING - NEW', 'msg=x', 'other'],
  ])('%s %s %s is %s', (id, name, extension, action) => {
    expect(eventOf(vaultLine(id, name, extension)).action).toBe(action);
  });

  it('names the account that was acted on, and who acted', () => {
    const event = eventOf(vaultLine(10100, 'USER - EDIT', edit('Enabled: true to false;')));
    expect(event.account).toEqual({ username: 'svc', domain: 'CORP' });
    expect(event.actor).toEqual({ username: 'admin', domain: null });
    expect(event.secret).toBeNull();
  });

  it.each([
    ['duser=corp.example\\\\svc', 'corp.example\\svc'],
    ['duser=svc@corp.example', 'corp.example\\svc'],
    ['fname=CORP\\svc', 'CORP\\svc'],
    ['suser=svc', 'svc'],
    ['duser= suser=svc', 'svc'],
    ['msg=[SecretServer] Event: [User] Action: [Lockout] By User: admin Item Name: CORP\\svc', 'CORP\\svc'],
  ])('finds the locked account in %j', (extension, expected) => {
    const { account } = eventOf(vaultLine(4, 'USER - LOCKOUT', extension));
    expect(account && accountText(account)).toBe(expected);
  });

  it('names the user that nobody has', () => {
    const text = 'Login Failure - User CORP\\svc-qualis does not exist';
    expect(eventOf(vaultLine(500, 'System Log', log(text))).account).toEqual({
      username: 'svc-qualis',
      domain: 'CORP',
    });
  });

  it('gives the reason of a failed login, and the address', () => {
    const extension =
      'msg=[[SecretServer]] Event: [User] Action: [Login Failure] By User: CORP\\svc Item Name: CORP\\svc (Item Id: 7) Details:  UserIsLockedOut suser=CORP\\svc src=::ffff:10.20.30.40';
    expect(eventOf(vaultLine(18, 'USER - LOGINFAILURE', extension))).toMatchObject({
      reason: 'UserIsLockedOut',
      address: '10.20.30.40',
    });
  });

  it.each([
    ['10.20.30.40:51000', '10.20.30.40'],
    ['[2001:DB8::1]:51000', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['fe80::1%12', 'fe80::1'],
    ['010.20.30.40', null],
    ['***', null],
  ])('reads the address %s', (src, address) => {
    const event = eventOf(vaultLine(16, 'USER - LOGIN', `src=${src} suser=svc`));
    expect(event.address).toBe(address);
    expect({ ...event.extra }).toEqual(address === null ? { src } : {});
  });

  it('is not led astray by names that look like labels', () => {
    const name = 'x Details: IsLockedOut: false to true; Container Name: y';
    const extension = `msg=[[SecretServer]] Event: [Secret] Action: [View] By User: admin Item Name: ${name} (Item Id: 42) Container Name: Scans (Container Id: 3)  suser=admin fname=${name} fileType=Secret`;
    const event = eventOf(vaultLine(10004, 'SECRET - VIEW', extension));
    expect(event).toMatchObject({ action: 'secret-viewed', reason: null, changes: [] });
    expect(event.secret).toEqual({ id: 42, name, folder: 'Scans' });
  });

  it('keeps what it does not know, as sent', () => {
    const event = eventOf(vaultLine(16, 'USER - LOGIN', 'suser=svc cs7=Nov 24 newKey=some text __proto__=x'));
    expect(Object.entries(event.extra)).toEqual([
      ['cs7', 'Nov 24'],
      ['newKey', 'some text'],
      ['__proto__', 'x'],
    ]);
  });
});

describe('serviceSwitches', () => {
  const switched = (details: string) =>
    serviceSwitches(
      eventOf(
        vaultLine(
          15,
          'CONFIGURATION - EDIT',
          `msg=[SecretServer] Event: [Configuration] Action: [Edit] By User: admin Details: ${details} suser=admin`,
        ),
      ),
    );

  it.each([
    ['EnableWebServices: true to false;', [{ service: 'web-services', on: false }]],
    ['Enable Webservices: False to True;', [{ service: 'web-services', on: true }]],
    ['ForceHttps: Yes to No; CefPort: 514 to 6514;', [{ service: 'force-https', on: false }]],
    ['EnableCefLogging: false to true;', []],
  ])('%s', (details, expected) => {
    expect(switched(details)).toEqual(expected);
  });

  it('says nothing of other events', () => {
    const event = eventOf(vaultLine(10100, 'USER - EDIT', edit('EnableWebServices: true to false;')));
    expect(serviceSwitches(event)).toEqual([]);
  });
});
