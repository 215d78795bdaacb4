import { beforeEach, describe, expect, it } from 'vitest';
import { user } from '../../../src/sandbox/secret-server/world/find.ts';
import { corp, healthyWorld } from '../../../src/sandbox/secret-server/world/healthy.ts';
import {
  changeSecretPassword,
  editSecret,
  personChecksOut,
} from '../../../src/sandbox/secret-server/world/keepers.ts';
import { applianceLogsIn, failLogins, lockOut } from '../../../src/sandbox/secret-server/world/logins.ts';
import {
  changeAccountPassword,
  changeSettings,
  editAccount,
  unlockAccount,
} from '../../../src/sandbox/secret-server/world/people.ts';
import { settle } from '../../../src/sandbox/secret-server/world/settle.ts';
import { applianceViews } from '../../../src/sandbox/secret-server/world/views.ts';
import { onEvent, type World } from '../../../src/sandbox/secret-server/world/world.ts';

let clock: number;
let world: World;
const minutes = (count: number) => {
  clock += count * 60_000;
};

const logsIn = () => applianceLogsIn(world, corp.scanAccount, corp.applianceAddress);
const views = () => applianceViews(world, corp.scanAccount, corp.secret, corp.applianceAddress);
const viewRows = () =>
  world.secretAudits.filter(({ action, secretId }) => action === 'VIEW' && secretId === 42);

beforeEach(() => {
  clock = Date.UTC(2026, 10, 24, 2);
  world = healthyWorld({ now: () => clock });
});

describe('a login of the appliance', () => {
  const broken: [string, string, () => void][] = [
    [
      'web services are off',
      'WebServicesDisabled',
      () => changeSettings(world, 'jane', { enableWebServices: false }),
    ],
    [
      'the account is disabled',
      'Disabled',
      () => editAccount(world, 'jane', corp.scanAccount, { enabled: false }),
    ],
    [
      'the account is locked',
      'UserIsLockedOut',
      () => lockOut(world, corp.scanAccount, corp.applianceAddress),
    ],
    ['it expired', 'Expired', () => editAccount(world, 'jane', corp.scanAccount, { adExpiresAt: clock - 1 })],
    [
      'it is no application account and those alone may',
      'DirectApiPrevented',
      () => {
        changeSettings(world, 'jane', { preventDirectApiAuthentication: true });
        editAccount(world, 'jane', corp.scanAccount, { isApplicationAccount: false });
      },
    ],
    [
      'a second factor is demanded',
      'TwoFactorFailed',
      () => {
        changeSettings(world, 'jane', { requireTwoFactorForWebServices: true });
        editAccount(world, 'jane', corp.scanAccount, { twoFactorMethod: 'Duo' });
      },
    ],
  ];

  it.each(broken)('is refused when %s', (_, refusal, breaks) => {
    expect(logsIn().refusal).toBeNull();
    breaks();
    expect(logsIn().refusal).toBe(refusal);
  });

  it('is refused from an address outside of the restriction, and does not count as a failure', () => {
    expect(applianceLogsIn(world, corp.scanAccount, '10.9.9.9').refusal).toBe('InvalidIpAddress');
    expect(world.userAudits.at(-1)).toMatchObject({ notes: 'InvalidIpAddress', from: '10.9.9.9' });
    expect(user(world, corp.scanAccount).loginFailures).toBe(0);
  });

  it('fails with the old password after a change, until the lockout, which is an Edit row by the system', () => {
    const old = user(world, corp.scanAccount).password;
    changeAccountPassword(world, 'jane', corp.scanAccount);
    const events: string[] = [];
    onEvent(world, ({ action }) => events.push(action));
    for (let time = 0; time < 5; time += 1) {
      applianceLogsIn(world, corp.scanAccount, corp.applianceAddress, old);
    }
    expect(world.userAudits.at(-1)).toMatchObject({
      action: 'Edit',
      byUserId: null,
      notes: 'LoginFailures: 4 to 5; IsLockedOut: false to true;',
    });
    expect(events.slice(-2)).toEqual(['EDIT', 'LOCKOUT']);
    unlockAccount(world, 'jane', corp.scanAccount);
    expect(world.userAudits.at(-1)?.notes).toBe('IsLockedOut: true to false;');
    expect(logsIn().refusal).toBeNull();
  });

  it('of an unknown name leaves a system log line and no row', () => {
    const rows = world.userAudits.length;
    const details: string[] = [];
    onEvent(world, (event) => details.push(event.details));
    failLogins(world, 'CORP\\svc-qualis', corp.applianceAddress);
    expect(world.userAudits).toHaveLength(rows);
    expect(details).toEqual(['Login Failure - User CORP\\svc-qualis does not exist']);
  });

  it('works again when a lock runs out, with the failures standing', () => {
    changeSettings(world, 'jane', { userLockoutTimeMinutes: 15 });
    lockOut(world, corp.scanAccount, corp.applianceAddress);
    minutes(16);
    settle(world);
    expect(user(world, corp.scanAccount)).toMatchObject({ isLockedOut: false, loginFailures: 5 });
  });
});

describe('a view by the appliance', () => {
  const states: [string, string, Parameters<typeof editSecret>[3]][] = [
    ['nothing', 'seen', {}],
    ['DoubleLock', 'double-locked', { doubleLock: true }],
    ['approval', 'approval-required', { requiresApproval: true }],
    ['a comment', 'comment-required', { requiresComment: true }],
    ['Hide Launcher Password', 'password-hidden', { hidePassword: true }],
    ['another name', 'not-found', { name: 'scan-admin' }],
  ];

  it.each(states)('with %s in the way is %s', (_, outcome, patch) => {
    editSecret(world, 'jane', corp.secretId, patch);
    expect(views()).toBe(outcome);
  });

  it('writes one row per view interval, and a new one after a password change', () => {
    const before = viewRows().length;
    views();
    minutes(3);
    views();
    expect(viewRows()).toHaveLength(before + 1);
    minutes(6);
    views();
    expect(viewRows()).toHaveLength(before + 2);
    minutes(1);
    changeSecretPassword(world, corp.secretId);
    views();
    expect(viewRows()).toHaveLength(before + 3);
  });

  it('checks the secret out, and is kept out while a person holds it', () => {
    editSecret(world, 'jane', corp.secretId, { checkOut: { enabled: true, changePasswordOnCheckIn: true } });
    personChecksOut(world, 'jane', corp.secretId);
    expect(views()).toBe('checked-out');
    minutes(31);
    expect(views()).toBe('seen');
    expect(world.secretAudits.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['SECRET CHECKED OUT', 'SECRET CHECKED IN', 'CHANGE PASSWORD']),
    );
  });
});
