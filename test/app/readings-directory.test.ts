import { describe, expect, it } from 'vitest';
import { openGatherer } from '../../src/app/gather.ts';
import { readings } from '../../src/app/readings/index.ts';
import type { EvidenceKey } from '../../src/domain/evidence/index.ts';
import { dayMs, hourMs, minuteMs } from '../../src/domain/instant.ts';
import type { Account } from '../../src/domain/settings.ts';
import type { AccountNames } from '../../src/ports/directory.ts';
import {
  clock,
  directoryAccount,
  directorySettings,
  gap,
  integrationOf,
  now,
  secret,
  secretRow,
  type World,
} from './world.ts';

const aScope = () => ({ signal: new AbortController().signal, sent: () => undefined });

async function read(key: EvidenceKey, world: World, secretName = 'scanadmin') {
  const settings = { directory: directorySettings, ...world.settings };
  const run = { startedAt: now, clock, scope: aScope() };
  const gatherer = openGatherer(integrationOf({ directory: {}, ...world, settings }), run, readings);
  const entry = (await gatherer.gather(secretName, [key]))[key];
  return entry && 'value' in entry ? entry.value : entry;
}

const cause = (word: string, detail: string) => ({
  gap: { cause: word, detail: expect.stringContaining(detail) },
});

/** A directory that finds nobody, and writes down by which names it was asked. */
function nobody(asked: AccountNames[], { dnsName = 'corp.example', netbiosName = 'CORP', skewMs = 0 } = {}) {
  return {
    domain: async () => ({ dnsName, skewMs }),
    netbiosName: async () => netbiosName,
    account: async (names: AccountNames) => {
      asked.push(names);
      return null;
    },
  };
}

const names = (logonName: string | null, principalName: string | null = null) => ({
  logonName,
  principalName,
});

describe('the account behind the secret', () => {
  it.each<[string, AccountNames]>([
    ['scanadmin', names('scanadmin')],
    ['CORP\\scanadmin', names('scanadmin')],
    ['corp.example\\scanadmin', names('scanadmin', 'scanadmin@corp.example')],
    ['scanadmin@corp.example', names('scanadmin', 'scanadmin@corp.example')],
    ['scanadmin@other.example', names(null, 'scanadmin@other.example')],
  ])('%s is looked for by the names that it can have', async (configured, expected) => {
    const asked: AccountNames[] = [];
    const directory = { ...directorySettings, accounts: { scanadmin: configured } };
    await read('targetAccount', { directory: nobody(asked), settings: { directory, domains: {} } });
    expect(asked).toEqual([expected]);
  });

  it('is none where the domain has none, and not known where it is of another domain', async () => {
    const directory = nobody([]);
    const of = (name: string) => ({
      directory,
      settings: { directory: { ...directorySettings, accounts: { scanadmin: name } }, domains: {} },
    });
    expect(await read('targetAccount', of('CORP\\scanadmin'))).toEqual({
      name: 'CORP\\scanadmin',
      found: null,
    });
    const elsewhere = cause('absent', 'seems to belong to another');
    expect(await read('targetAccount', of('OTHER\\scanadmin'))).toMatchObject(elsewhere);
    expect(await read('targetAccount', of('scanadmin@other.example'))).toMatchObject(elsewhere);
  });

  it('is not asked for where the configuration names none, whatever the secret is called', async () => {
    const asked: AccountNames[] = [];
    for (const name of ['other', 'constructor', '__proto__'])
      expect(await read('targetAccount', { directory: nobody(asked) }, name)).toMatchObject(
        cause('not-configured', name),
      );
    expect(asked).toEqual([]);
  });

  it('has its times by our clock', async () => {
    const directory = {
      ...nobody([], { skewMs: hourMs }),
      account: async () => directoryAccount('scanadmin', { passwordLastSet: now, expires: now + hourMs }),
    };
    const found = { passwordLastSet: now - hourMs, expires: now, lockedAt: null, passwordExpires: null };
    expect(await read('targetAccount', { directory })).toMatchObject({ found });
  });

  it('has the gap of the directory', async () => {
    const directory = {
      domain: async (): Promise<never> => {
        throw gap('timed-out', 'directory');
      },
    };
    expect(await read('targetAccount', { directory })).toMatchObject({
      gap: { source: 'directory', cause: 'timed-out' },
    });
  });
});

describe('the scan accounts in the directory', () => {
  const svc = (username: string, domain: string | null): Account => ({ username, domain });

  it('are nothing at all where no directory is configured', async () => {
    const { directory: _, ...none } = integrationOf().sources;
    const integration = { ...integrationOf(), sources: { ...none, directory: null } };
    const gatherer = openGatherer(integration, { startedAt: now, clock, scope: aScope() }, readings);
    const book = await gatherer.gather('scanadmin', ['scanDirectoryAccounts']);
    expect(book.scanDirectoryAccounts).toMatchObject({ value: null });
  });

  it('are those with a domain, one answer each', async () => {
    const scanAccounts = [
      svc('one', 'CORP'),
      svc('local', null),
      svc('two', 'OTHER'),
      svc('three@corp.example', null),
    ];
    const found = await read('scanDirectoryAccounts', { settings: { scanAccounts, domains: {} } });
    expect(found).toMatchObject([
      { account: scanAccounts[0], told: { known: { name: 'one' } } },
      { account: scanAccounts[2], told: cause('absent', 'seems to belong to another') },
      { account: scanAccounts[3], told: { known: { name: 'three' } } },
    ]);
  });

  it('are of this domain by its name in the directory, or by the configured one', async () => {
    const asked: AccountNames[] = [];
    const named = nobody(asked, { dnsName: 'ad.example', netbiosName: 'HQ' });
    const of = (account: Account, domains: Record<string, string[]>) =>
      read('scanDirectoryAccounts', { directory: named, settings: { scanAccounts: [account], domains } });
    expect(await of(svc('q', 'HQ'), {})).toMatchObject([{ told: { known: null } }]);
    expect(await of(svc('q', 'CORP'), {})).toMatchObject([{ told: { gap: { cause: 'absent' } } }]);
    expect(await of(svc('q', 'CORP'), { CORP: ['ad.example'] })).toMatchObject([{ told: { known: null } }]);
    expect(asked).toHaveLength(2);
  });
});

describe('the password changes of the secret', () => {
  const change = { action: 'password-changed', text: 'CHANGE PASSWORD', notes: '' } as const;
  const trail = (rows: ReturnType<typeof secretRow>[]) => ({
    vault: { auditOfSecret: async () => ({ rows, cut: false }) },
  });

  it.each<[string, Parameters<typeof secretRow>[1], boolean]>([
    ['by the password changer', change, true],
    ['typed by a person', { action: 'edited', text: 'UPDATE', notes: 'Fields: (Username, Password)' }, true],
    ['the creation', { action: 'created', text: 'CREATE' }, true],
    ['another field', { action: 'edited', text: 'UPDATE', notes: 'Fields: (Notes)' }, false],
    ['a try that failed', { ...change, notes: 'Password change failed: access denied' }, false],
    ['a view', {}, false],
  ])('%s', async (_, row, counts) => {
    const rows = [secretRow(now - hourMs, row)];
    const found = await read('secretPassword', trail(rows));
    const changedAt = counts ? now - hourMs : now - 30 * dayMs;
    expect(found).toMatchObject({ changedAt, how: counts ? row?.text : 'its creation' });
  });

  it('are not its creation where the trail was cut before one of them', async () => {
    const vault = { auditOfSecret: async () => ({ rows: [secretRow(now - hourMs, {})], cut: true }) };
    expect(await read('secretPassword', { vault })).toMatchObject(
      cause('truncated', 'more rows than are read'),
    );
  });

  it('tell the newest heartbeats', async () => {
    const beat = (at: number, notes: string) => secretRow(at, { action: 'other', text: 'HEARTBEAT', notes });
    const rows = [
      beat(now - minuteMs, 'Failed'),
      beat(now - hourMs, 'Success'),
      secretRow(now - 2 * hourMs, change),
      beat(now - 3 * hourMs, 'Success'),
    ];
    expect(await read('secretPassword', trail(rows))).toEqual({
      changedAt: now - 2 * hourMs,
      how: 'CHANGE PASSWORD',
      heartbeatSucceededAt: now - hourMs,
      heartbeatFailedAt: now - minuteMs,
    });
  });

  it('are unknown where nothing tells of any', async () => {
    const secretsNamed = async () => [secret(1, 'scanadmin', { createdAt: null })];
    const { vault } = trail([]);
    expect(await read('secretPassword', { vault: { ...vault, secretsNamed } })).toMatchObject(
      cause('absent', 'tells when its password was changed'),
    );
  });
});
