import { describe, expect, it } from 'vitest';
import { secretKeys } from '../../src/app/reading.ts';
import type { EvidenceKey } from '../../src/domain/evidence/index.ts';
import { dayMs, hourMs, minuteMs } from '../../src/domain/instant.ts';
import type { Vault } from '../../src/ports/vault.ts';
import { read } from './one-reading.ts';
import { now, refused, secret, secretRow, user, userRow, type World, written } from './world.ts';

const absent = (detail: string) => ({ gap: { cause: 'absent', detail: expect.stringContaining(detail) } });
const ownRows = (...rows: number[]) => ({
  auditOfUser: async () => ({ rows: rows.map((at) => userRow(at)), cut: false }),
});
const health = (offsetMs: number) => ({
  now: async () => ({ now: written(now + offsetMs), utcNow: written(now) }),
});

describe("the vault's clock", () => {
  it.each<[string, Partial<Vault>, number]>([
    ['UTC, by its record of our login', { ...ownRows(now + 200), ...health(0) }, 0],
    [
      'UTC in its records, though the server stands in another zone',
      { ...ownRows(now + 200), ...health(hourMs) },
      0,
    ],
    ['local time, by both', { ...ownRows(now + hourMs), ...health(hourMs) }, 60],
    ['local time, by the login alone', { ...ownRows(now - 5.5 * hourMs), now: async () => null }, -330],
    ['its clock is 5 minutes fast', { ...ownRows(now + 5 * minuteMs), ...health(0) }, 0],
    ['its clock is 5 minutes slow', { ...ownRows(now + hourMs - 5 * minuteMs), ...health(hourMs) }, 60],
    [
      'another process logged in 20 minutes after us',
      { ...ownRows(now + hourMs + 20 * minuteMs, now + hourMs), ...health(hourMs) },
      60,
    ],
    ['an earlier login an hour ago does not count', { ...ownRows(now + hourMs, now), ...health(hourMs) }, 60],
    ['local time, though the health check says UTC', { ...ownRows(now + 3 * hourMs), ...health(0) }, 180],
    ['no login to be seen, and a server in UTC', { ...health(0), self: refused }, 0],
  ])('%s', async (_, vault, minutes) => {
    expect(await read('vaultClock', { vault })).toMatchObject({
      kind: 'offset',
      minutes,
      how: expect.any(String),
    });
  });

  it.each<[string, World, unknown]>([
    [
      'the configured zone, unasked',
      { settings: { timeZone: 'Europe/Berlin' } },
      { kind: 'zone', zone: 'Europe/Berlin' },
    ],
    ['a zone that nobody knows', { settings: { timeZone: 'Mars' } }, { gap: { cause: 'not-configured' } }],
    [
      'not known: no login and a server that is not in UTC',
      { vault: { ...health(hourMs), self: refused } },
      absent('timeZone'),
    ],
    ['not known: neither answers', { vault: { now: async () => null, self: refused } }, absent('timeZone')],
    [
      'not known: the only login is a day old',
      { vault: { ...ownRows(now - dayMs), ...health(hourMs) } },
      absent('timeZone'),
    ],
  ])('%s', async (_, world, expected) => {
    expect(await read('vaultClock', world)).toMatchObject(expected as object);
  });

  it('turns the times of the trails', async () => {
    const rows = await read('secretAudit', { offsetMs: 2 * hourMs });
    expect(rows).toMatchObject([{ at: now - dayMs + minuteMs, action: 'viewed' }]);
  });

  it('leaves accounts known where it is not', async () => {
    const vault = { ...health(hourMs), self: refused };
    expect(await read('scanUsers', { vault })).toMatchObject([{ told: { known: { id: 2 } } }]);
    expect(await read('scanUserAudits', { vault })).toMatchObject([{ told: absent('timeZone') }]);
  });
});

describe('a trail', () => {
  it('ends where the window starts', async () => {
    const rows = [secretRow(now - 7 * dayMs), secretRow(now - 7 * dayMs - 1)];
    expect(
      await read('secretAudit', { vault: { auditOfSecret: async () => ({ rows, cut: false }) } }),
    ).toHaveLength(1);
  });

  it('that was cut is a gap', async () => {
    const vault = { auditOfSecret: async () => ({ rows: [], cut: true }) };
    expect(await read('secretAudit', { vault })).toMatchObject({ gap: { cause: 'truncated' } });
  });
});

describe('the one secret', () => {
  it.each<[string, ReturnType<typeof secret>[], string]>([
    ['none', [], 'renamed or deleted'],
    ['inactive', [secret(1, 'scanadmin', { active: false })], '1 inactive one'],
    ['another case', [secret(1, 'ScanAdmin')], '"ScanAdmin", which differs in case'],
    ['several', [secret(1, 'scanadmin'), secret(2, 'scanadmin')], 'ids 1, 2'],
  ])('%s: all that is read of it is absent', async (_, found, detail) => {
    const vault = { secretsNamed: async () => found };
    // What the directory says of the account behind it does not hang on Secret Server.
    const apart: readonly EvidenceKey[] = ['secretMatches', 'targetAccount'];
    for (const key of secretKeys.filter((one) => !apart.includes(one))) {
      expect(await read(key, { vault }), key).toMatchObject(absent(detail));
    }
    expect(await read('secretMatches', { vault })).toMatchObject({
      matches: found.map(({ id }) => ({ summary: { id } })),
    });
  });

  it('is the one that the scan account may list, among namesakes that it may not', async () => {
    const accessOfSecret = async (id: number) =>
      id === 2
        ? [{ level: 'list' as const, userId: 2, groupId: null, principal: 'q', inherited: false }]
        : [];
    const vault = {
      accessOfSecret,
      secretsNamed: async () => [secret(1, 'scanadmin'), secret(2, 'scanadmin')],
    };
    expect(await read('secret', { vault })).toMatchObject({ id: 2 });
    expect(await read('secretMatches', { vault })).toMatchObject({
      matches: [{ listed: { known: false } }, { listed: { known: true } }],
    });
  });

  const entry = { level: 'view' as const, userId: 2, groupId: null, principal: 'q', inherited: false };

  it('is not listed by a group that is disabled', async () => {
    const vault = {
      groupsOf: async () => [{ id: 5, name: 'Old', domain: null, synchronised: false, enabled: false }],
      accessOfSecret: async () => [{ ...entry, userId: null, groupId: 5 }],
      secretsNamed: async () => [secret(1, 'scanadmin', { inheritsPermissions: false })],
    };
    expect(await read('secretMatches', { vault })).toMatchObject({ matches: [{ listed: { known: false } }] });
  });

  it('that was found and is refused says that it exists', async () => {
    expect(await read('approvalRule', { vault: { approvalRule: refused } })).toMatchObject({
      gap: { cause: 'denied', detail: expect.stringContaining('The search shows the secret (id 42)') },
    });
  });

  const own = { ...entry, level: 'edit' as const };

  it.each<[string, World['vault'], boolean, unknown]>([
    ["its folder's where it inherits", {}, true, [{ ...entry, inherited: true }]],
    ['its own where it does not', {}, false, [own]],
    ["its own where the folder's cannot be read", { accessOfFolder: refused }, true, [own]],
    ["its own where the folder's is empty", { accessOfFolder: async () => [] }, true, [own]],
    [
      'a gap where neither can be read',
      { accessOfFolder: refused, accessOfSecret: refused },
      true,
      { gap: { cause: 'denied' } },
    ],
  ])('has an access list: %s', async (_, given, inheritsPermissions, expected) => {
    const vault = {
      secretsNamed: async (name: string) => [secret(42, name, { inheritsPermissions })],
      accessOfSecret: async () => [own],
      accessOfFolder: async () => [entry],
      ...given,
    };
    expect(await read('secretAccess', { vault })).toMatchObject(expected as object);
  });

  it.each([
    [false, null, 0],
    [true, { checkedOut: false }, 1],
  ])(
    'with check-out %s, is asked whether it is checked out or not',
    async (checkOutEnabled, expected, times) => {
      const asked: string[] = [];
      const vault = { secretsNamed: async (name: string) => [secret(42, name, { checkOutEnabled })] };
      const state = await read('checkOutState', { vault, asked });
      expect(state).toEqual(expected === null ? null : expect.objectContaining(expected));
      expect(asked.filter((one) => one.startsWith('checkOutState'))).toHaveLength(times);
    },
  );
});

describe('the scan account', () => {
  it.each<[string, ReturnType<typeof user>[], unknown]>([
    [
      'in another spelling of its domain',
      [user(2, 'SVC-Qualys', { domain: 'corp.example' })],
      { known: { id: 2 } },
    ],
    [
      'in the very domain, among others',
      [user(2, 'svc-qualys', { domain: 'corp.example' }), user(3, 'svc-qualys')],
      { known: { id: 3 } },
    ],
    ['of another domain only', [user(2, 'svc-qualys', { domain: 'LAB' })], { known: null }],
    ['a local namesake only', [user(2, 'svc-qualys', { domain: null })], { known: null }],
    [
      'that several could be',
      [user(2, 'svc-qualys', { domain: 'corp.example' }), user(3, 'svc-qualys', { domain: 'corp.test' })],
      absent('corp.test'),
    ],
  ])('%s', async (_, users, told) => {
    expect(await read('scanUsers', { vault: { usersNamed: async () => users } })).toMatchObject([{ told }]);
  });
});

describe('the roles of a scan account', () => {
  const roles = async () => [
    { id: 1, name: 'Scan' },
    { id: 2, name: 'User' },
  ];

  it.each<[string, (id: number) => string[], unknown]>([
    ['none of which shows a permission', () => [], absent('no permission of the role Scan')],
    ['one of which is empty', (id) => (id === 1 ? ['View Secret'] : []), { known: [{ id: 1 }, { id: 2 }] }],
  ])('%s', async (_, permissions, told) => {
    const vault = { rolesOf: roles, permissionsOf: async (id: number) => permissions(id) };
    expect(await read('scanUserRoles', { vault })).toMatchObject([{ told }]);
  });
});

describe('an untrusted certificate', () => {
  const handshake = async () => ({
    problem: 'untrusted' as const,
    detail: 'self-signed',
    protocol: null,
    subject: null,
    issuer: null,
    validTo: null,
  });

  it('keeps everything back that needs a login', async () => {
    const asked: string[] = [];
    expect(await read('readerLogin', { asked, network: { handshake } })).toMatchObject({
      gap: { cause: 'unreachable' },
    });
    for (const key of ['scanUsers', 'secret', 'maximumLoginFailures', 'health'] as const) {
      await read(key, { asked, network: { handshake } });
    }
    expect(asked.filter((one) => !/^(handshake|health|now)/.test(one))).toEqual([]);
    expect(asked.filter((one) => one.startsWith('health'))).toHaveLength(1);
  });

  it.each<[string, World]>([
    ['no handshake can be had from here', { network: { handshake: refused } }],
    [
      'the URL is not encrypted at all',
      { network: { handshake }, settings: { vaultUrl: 'http://localhost/' } },
    ],
  ])('leaves it to the adapter when %s', async (_, world) => {
    expect(await read('readerLogin', world)).toMatchObject({ state: 'accepted' });
  });
});
