import { describe, expect, it } from 'vitest';
import { originOf } from '../../src/domain/attribution.ts';
import { eventObservations, journalEntries } from '../../src/domain/event-observations.ts';
import { hourMs } from '../../src/domain/instant.ts';
import { knownAs, remember } from '../../src/domain/seen-again.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { VaultEvent } from '../../src/domain/vault-event.ts';
import { at, context, qualys } from '../given.ts';
import { label } from '../incidents.ts';

const from = { via: 'tcp', address: '10.20.0.7', receivedAt: at + 500 } as const;
const corp = context().settings;
const other: Settings = { ...corp, integration: 'other', senders: ['node-2', '10.30.0.0/16'] };

function event(fields: Partial<VaultEvent>): VaultEvent {
  return {
    action: 'account-locked',
    at,
    timeSource: 'event',
    id: '4',
    name: 'USER - LOCKOUT',
    version: '11.7',
    host: 'NODE-1',
    account: qualys,
    actor: null,
    secret: null,
    address: null,
    reason: null,
    changes: [],
    message: '',
    extra: {},
    ...fields,
  };
}

const secret = { id: 42, name: 'scanadmin', folder: 'Scan' };
const change = (setting: string, to: string) => [{ setting, from: 'x', to }];

describe('events', () => {
  it.each<[string, Partial<VaultEvent>, object | null]>([
    [
      'a lockout of a scan account',
      {},
      { kind: 'account-locked', account: label, source: 'syslog', via: 'tcp', seenAt: at + 500 },
    ],
    [
      'its name without the domain',
      { account: { username: 'SVC-QUALYS', domain: null } },
      { kind: 'account-locked', account: label },
    ],
    ['another domain', { account: { username: 'svc-qualys', domain: 'LAB' } }, null],
    ['somebody else', { account: { username: 'm.weber', domain: 'CORP' } }, null],
    [
      'a failed login of an appliance',
      { action: 'login-failed', address: '10.20.30.40', reason: 'AuthenticationFailed' },
      {
        kind: 'login-failed',
        origin: 'appliance',
        appliance: 'appliance-01',
        reason: 'AuthenticationFailed',
      },
    ],
    [
      'a login from elsewhere',
      { action: 'login', address: '192.0.2.7' },
      { kind: 'login', origin: 'elsewhere' },
    ],
    [
      'a name one letter off',
      { action: 'login-unknown-user', account: { username: 'svc-qualis', domain: 'CORP' } },
      { kind: 'login-unknown-user', account: label, details: 'CORP\\svc-qualis' },
    ],
    [
      'any name from an appliance',
      { action: 'login-unknown-user', account: { username: 'foo', domain: null }, address: '10.20.30.40' },
      { kind: 'login-unknown-user', account: label },
    ],
    [
      'any name from elsewhere',
      { action: 'login-unknown-user', account: { username: 'foo', domain: null }, address: '192.0.2.7' },
      null,
    ],
    [
      'a deleted watched secret',
      { action: 'secret-deleted', account: null, secret },
      { kind: 'secret-changed', secret: 'scanadmin', details: 'deleted' },
    ],
    [
      'a watched secret that has a new name',
      {
        action: 'secret-renamed',
        account: null,
        secret: { ...secret, name: 'new' },
        changes: [{ setting: 'Name', from: 'scanadmin', to: 'new' }],
      },
      { kind: 'secret-changed', secret: 'scanadmin', details: 'renamed' },
    ],
    [
      'a DoubleLock',
      { action: 'secret-edited', account: null, secret, changes: change('DoubleLock', 'true') },
      { kind: 'secret-changed', details: 'DoubleLock: true' },
    ],
    [
      'a DoubleLock taken off',
      { action: 'secret-edited', account: null, secret, changes: change('DoubleLock', 'false') },
      null,
    ],
    [
      'a secret turned inactive',
      { action: 'secret-edited', account: null, secret, changes: change('Active', 'false') },
      { kind: 'secret-changed', details: 'Active: false' },
    ],
    [
      'a secret turned active',
      { action: 'secret-edited', account: null, secret, changes: change('Active', 'true') },
      null,
    ],
    [
      'other permissions, less of them',
      { action: 'secret-edited', account: null, secret, changes: change('Permissions', 'no') },
      { kind: 'secret-changed' },
    ],
    [
      'an edit of its notes',
      { action: 'secret-edited', account: null, secret, changes: change('Notes', 'y') },
      null,
    ],
    [
      'a secret that nobody watches',
      { action: 'secret-deleted', account: null, secret: { ...secret, name: 'x' } },
      null,
    ],
    [
      'a heartbeat',
      { action: 'heartbeat-failed', account: null, secret },
      { kind: 'heartbeat-failed', secret: 'scanadmin' },
    ],
    [
      'web services off',
      { action: 'configuration-edited', account: null, changes: change('EnableWebServices', 'false') },
      { kind: 'service-off', details: 'web-services' },
    ],
    [
      'web services on',
      { action: 'configuration-edited', account: null, changes: change('EnableWebServices', 'true') },
      { kind: 'service-on', details: 'web-services' },
    ],
    [
      'two-factor demanded of web services: a setting that turns nothing off',
      {
        action: 'configuration-edited',
        account: null,
        changes: change('RequireTwoFactorForWebServices', 'false'),
      },
      null,
    ],
    [
      'another setting',
      { action: 'configuration-edited', account: null, changes: change('CefPort', '9') },
      null,
    ],
    ['a view', { action: 'secret-viewed', account: null, secret }, null],
  ])('%s', (...row) => {
    const [, fields, expected] = row;
    expect(eventObservations(event(fields), from, [corp])).toEqual(
      expected ? [expect.objectContaining(expected)] : [],
    );
  });

  it.each([
    [255, 1],
    [256, 0],
    [60_000, 0],
  ])('of a folder, about a secret with a name of %i characters: %i', (length, count) => {
    const settings: Settings = { ...corp, secrets: 'folder', folder: '\\Scan' };
    const named = { ...secret, name: 'n'.repeat(length) };
    const deleted = event({ action: 'secret-deleted', account: null, secret: named });
    expect(eventObservations(deleted, from, [settings])).toHaveLength(count);
  });

  it.each<[string, Partial<VaultEvent>, string | null, string[]]>([
    ['the sender named by host', { host: 'Node-2' }, null, ['other']],
    ['the sender named by its first label', { host: 'node-2.corp.example' }, null, ['other']],
    ['the sender named by a range', {}, '10.30.1.2', ['other']],
    ['an account that both have', { host: 'who' }, null, ['corp', 'other']],
    ['about neither, from nobody named', { account: null, action: 'configuration-edited' }, null, ['corp']],
  ])('belong to: %s', (...row) => {
    const [, fields, address, expected] = row;
    const entries = journalEntries(event(fields), { ...from, address }, [corp, other]);
    expect(entries.map(({ integration }) => integration)).toEqual(expected);
  });

  it.each([
    ['event', undefined],
    ['header', true],
    ['received', true],
  ] as const)('whose time is that of the %s', (timeSource, isTimeOfSending) => {
    const [seen] = eventObservations(event({ timeSource }), from, [corp]);
    expect(seen?.isTimeOfSending).toBe(isTimeOfSending);
  });

  it('whose time was no time of anything are dated by their receipt, and pair with a row as such', () => {
    const [seen] = eventObservations(event({ at: at + hourMs }), from, [corp]);
    if (!seen) throw new Error('nothing seen');
    expect(seen.at).toBe(from.receivedAt);
    const { isTimeOfSending, ...exact } = seen;
    const row = { ...exact, via: 'poll' as const, at: from.receivedAt - 20_000 };
    expect(isTimeOfSending).toBe(true);
    expect(knownAs(row, remember(seen, []).recent), 'the row of the same lockout').toBeDefined();
  });

  it.each([
    ['a little ahead of our clock', at + 9 * 60_000, at + 9 * 60_000],
    ['in the future', at + 9e12, at + 500],
  ])('told %s', (_, told, expected) => {
    const late = event({ at: told });
    expect(eventObservations(late, from, [corp])).toMatchObject([{ at: expected }]);
    expect(journalEntries(late, from, [corp])).toMatchObject([{ at: expected }]);
  });

  it('without configured addresses, an address says nothing', () => {
    expect(originOf('192.0.2.7', { appliances: [] })).toEqual({ origin: 'unknown', appliance: null });
  });
});
