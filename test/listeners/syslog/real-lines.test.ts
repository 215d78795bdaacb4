import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountText } from '../../../src/domain/account-name.ts';
import type { VaultAction } from '../../../src/domain/vault-event.ts';
import { actionOf } from '../../../src/listeners/syslog/event-actions.ts';
import { reference, referenceAbsent } from '../../reference.ts';
import { eventOf, vaultLine } from './line.ts';

const folder = reference('events');

function lines(file: string): string[] {
  return readFileSync(`${folder}/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** What each line means, in order, with the secret's id behind it. */
const meanings: Readonly<Record<string, string>> = {
  'elastic-full-sample-a.log': `system-log, node-started, system-log, login, folder-changed, login, system-log,
    secret-password-change-failed 548, secret-password-changed 634, folder-changed, target-login-failed,
    heartbeat-failed 69, system-log, target-login-failed, target-login-failed, heartbeat-failed 51,
    heartbeat-failed 67, heartbeat-failed 57, account-created, account-created, account-membership-changed,
    account-membership-changed, role-changed, role-changed, role-changed, system-log, system-log,
    secret-password-changed 127, secret-created 288, system-log, system-log, secret-created 211,
    secret-password-changed 129, role-changed, other, node-started, secret-password-change-failed 611,
    secret-password-changed 462`,
  'elastic-thycotic-ss-test.log': 'secret-viewed 12, secret-viewed 5631',
  'cc-guide-10.4-a.log': `secret-edited 26, account-created, system-log, configuration-edited, configuration-edited,
    other, other, other, configuration-edited, other, role-changed, other, other`,
  'vendor-qradar-8.6.log': 'login-failed',
  'sc4s-issue-1183-10.9.log': 'heartbeat-succeeded 3444',
};

describe.skipIf(!folder)(`the vendor's real lines (skipped where ${referenceAbsent})`, () => {
  it.each(Object.entries(meanings))('reads all of %s', (file, expected) => {
    const events = lines(file).map((line) => eventOf(line, Date.UTC(2022, 10, 10, 16)));
    const read = events.map(({ action, secret }) => (secret ? `${action} ${secret.id}` : action));
    expect(read).toEqual(expected.split(',').map((one) => one.trim()));
  });

  it('takes every time from the event itself but those of three lines', () => {
    const events = Object.keys(meanings)
      .flatMap(lines)
      .map((line) => eventOf(line, Date.UTC(2022, 10, 10, 16)));
    const elsewhere = events.filter(({ timeSource }) => timeSource !== 'event');
    expect(elsewhere.map(({ name, timeSource }) => `${name}: ${timeSource}`)).toEqual([
      'ROLE - ASSIGNUSERORGROUP: header',
      'SECRET - PASSWORD_DISPLAYED: header',
      'USER - CREATE: header',
    ]);
    expect(events.every(({ host }) => host !== null)).toBe(true);
  });

  it('reads the one public login failure whole', () => {
    const [line = ''] = lines('vendor-qradar-8.6.log');
    const event = eventOf(line);
    expect(event.account && accountText(event.account)).toBe('domain.local\\John Snow');
    expect(event).toMatchObject({
      address: '192.168.2.27',
      at: Date.UTC(2014, 7, 18, 14, 28, 3),
      host: 'sv-thyss',
      version: '8.6.000010',
      reason: null,
    });
  });

  it('reads the header of 10.9 with its offset, and the event in the zone of the setting', () => {
    const [line = ''] = lines('sc4s-issue-1183-10.9.log');
    const event = eventOf(line, Date.UTC(2021, 5, 18, 18, 40, 30), 'America/Los_Angeles');
    expect(new Date(event.at).toISOString()).toBe('2021-06-18T18:40:15.000Z');
    expect(event.host).toBe('servername1');
  });

  const logged: readonly [user: string, action: VaultAction, count: number][] = [
    ['user1', 'login-failed', 1],
    ['user1', 'account-locked', 1],
    ['user1', 'account-unlocked', 1],
    ['md_testuser3', 'login-failed', 1],
    ['gman', 'account-disabled', 1],
  ];

  it.each(logged)('finds in the System Log texts that %s had %s %i time', (username, action, count) => {
    const found = systemLogEvents().filter(
      (one) => one.account?.username === username && one.action === action,
    );
    expect(found).toHaveLength(count);
  });

  it('knows every System Log text that is an event of scan accounts or secrets', () => {
    const unknown = systemLogEvents().filter(({ action }) => action === 'other' || action === 'system-log');
    expect(unknown.map(({ message }) => /Event: \[[^\]]*\]/.exec(message)?.[0])).toEqual([
      'Event: [Secret Template]',
      'Event: [Password Requirement]',
      'Event: [Domain]',
      undefined,
    ]);
  });

  it("names what the vendor's own list of ids says of accounts, roles and addresses", () => {
    const rows = lines('vendor-event-ids.tsv')
      .slice(1)
      .map((row) => row.split('\t'));
    const judged = rows.filter(([type = '']) => /^(USER|ROLE|IPADDRESSRANGE)$/.test(type));
    expect(judged.length).toBeGreaterThan(25);
    for (const [, , , id = '', name = ''] of judged) {
      expect(actionOf(id, 'renamed'), name).not.toBe('other');
      expect(actionOf('', name), name).toBe(actionOf(id, ''));
    }
  });
});

/** The texts of the System Log page, as a System Log line (id 500) would carry them. */
function systemLogEvents() {
  return lines('cc-guide-systemlog-text-a.txt').map((line) => {
    const text = line.replace(/^.*? - User: .*? - (?=\[|WIN-|Secure)/, '');
    return eventOf(vaultLine(500, 'System Log', `msg=${text} rt=May 22 2018 15:30:37`));
  });
}
