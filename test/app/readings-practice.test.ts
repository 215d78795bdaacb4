import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/ports/journal.ts';
import { read } from './one-reading.ts';
import { gap, now, secret, written } from './world.ts';

const folder = { folder: '\\Scan' };
const entry = {
  integration: 'corp',
  at: now - 2,
  seenAt: now - 1,
  via: 'tcp',
  action: 'login',
  event: '16 USER - LOGIN',
  ...{ account: null, secret: null, address: null, reason: null },
} as const;
const journal = (last: Awaited<ReturnType<Journal['lastEvent']>>) => ({ lastEvent: async () => last });

describe('the folder', () => {
  it('is null where none is configured, and a gap where the reader sees none', async () => {
    expect(await read('folderAccess')).toBeNull();
    const unseen = { settings: folder, vault: { folderAt: async () => null } };
    expect(await read('folderAccess', unseen)).toMatchObject({ gap: { cause: 'absent' } });
  });

  it('does without the id of the reader', async () => {
    const self = async () => Promise.reject(gap('denied'));
    expect(await read('folderAccess', { settings: folder, vault: { self } })).toMatchObject({
      readerId: null,
    });
  });

  it.each<[string, Parameters<typeof secret>[2], unknown]>([
    ['told by the search', { folderPath: '\\A' }, { path: '\\A' }],
    ['asked for, where the search tells its id alone', { folderPath: null }, { path: '\\Scan' }],
    ['none', { folderId: null, folderPath: null }, null],
  ])('of the secret: %s', async (_, fields, expected) => {
    const vault = { secretsNamed: async (name: string) => [secret(42, name, fields)] };
    expect(await read('secretFolder', { vault })).toEqual(expected);
  });

  it.each([
    [7, '\\Scan', []],
    [8, '\\Other', ['folder 8']],
  ])('of a secret in the folder %s: %s', async (folderId, path, expected) => {
    const asked: string[] = [];
    const vault = {
      secretsNamed: async (name: string) => [secret(42, name, { folderId, folderPath: null })],
      folder: async (id: number) => ({ id, path: '\\Other', inheritsPermissions: true }),
    };
    expect(await read('secretFolder', { vault, asked, settings: folder })).toEqual({ path });
    expect(asked.filter((one) => one.startsWith('folder '))).toEqual(expected);
  });

  it('has an audit within the window, asked only for a secret that inherits', async () => {
    const row = (at: number) => ({ at: written(at), text: 'EDIT', notes: '', by: 'Jane' });
    const auditOfFolder = async () => ({ rows: [row(now - 1), row(now - 8 * 86_400_000)], cut: false });
    expect(await read('folderAudit', { vault: { auditOfFolder } })).toMatchObject([{ at: now - 1 }]);
    const own = async (name: string) => [secret(42, name, { inheritsPermissions: false })];
    const asked: string[] = [];
    expect(await read('folderAudit', { vault: { secretsNamed: own }, asked })).toBeNull();
    expect(asked.filter((one) => one.startsWith('auditOfFolder'))).toEqual([]);
  });
});

describe('alerts', () => {
  it.each([
    ['syslog', 'eventSubscriptions'],
    ['syslog', 'inboxRules'],
    ['email', 'syslogForwarding'],
  ] as const)('with %s expected, %s is not asked about', async (expectEvents, key) => {
    const asked: string[] = [];
    expect(await read(key, { settings: { expectEvents }, asked })).toBeNull();
    expect(asked).toEqual([]);
  });

  it('leaves out subscriptions of other events, and keeps who could not be read apart', async () => {
    const about = (name: string, event: 'lockout' | 'other') => ({
      name,
      events: [{ event, condition: 'all' as const, itemId: null }],
      subscribers: [{ groupId: 1, name: 'Admins', isGroup: true }],
    });
    const vault = {
      eventSubscriptions: async () => [about('A', 'lockout'), about('B', 'other')],
      peopleOf: async () => Promise.reject(gap('denied')),
    };
    expect(await read('eventSubscriptions', { vault })).toMatchObject([
      { name: 'A', subscribers: [{ name: 'Admins', people: { gap: { cause: 'denied' } } }] },
    ]);
  });

  it('reads the journal where there is one', async () => {
    expect(await read('lastEvent')).toBeNull();
    expect(await read('lastEvent', { journal: journal(null) })).toEqual({ event: null });
    const away = { lastEvent: () => Promise.reject(new Error('Connection is closed.')) };
    expect(await read('lastEvent', { journal: away })).toMatchObject({
      gap: {
        source: 'vaultcheck',
        cause: 'unreachable',
        detail: expect.stringContaining('journal of events'),
      },
    });
    expect(await read('lastEvent', { journal: journal(entry) })).toEqual({
      event: { at: now - 1, kind: '16 USER - LOGIN' },
    });
  });
});
