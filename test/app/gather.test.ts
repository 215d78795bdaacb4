import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../src/app/desk.ts';
import { openGatherer } from '../../src/app/gather.ts';
import { type Readings, secretKeys } from '../../src/app/reading.ts';
import { readings } from '../../src/app/readings/index.ts';
import { type EvidenceKey, evidence, evidenceKeys } from '../../src/domain/evidence/index.ts';
import {
  clock,
  directorySettings,
  gap,
  integrationOf,
  now,
  qualysSettings,
  refused,
  silent,
  type World,
} from './world.ts';

type Given = World & { signal?: AbortSignal; readings?: Partial<Readings>; onWaiting?: Run['onWaiting'] };

function gathererOf(given: Given = {}) {
  const scope = { signal: given.signal ?? new AbortController().signal, sent: () => {} };
  const run: Run = { startedAt: now, clock, scope, onWaiting: given.onWaiting };
  return openGatherer(integrationOf(given), run, { ...readings, ...given.readings });
}

const gather = (given: Given, keys: readonly EvidenceKey[] = evidenceKeys) =>
  gathererOf(given).gather('scanadmin', keys);

const aboutOneSecret = /^(secretsNamed|accessOfSecret|approvalRule|commentRule|checkOutState|auditOfSecret) /;

describe('gathering', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gets every piece of evidence in the shape that its schema says', async () => {
    const settings = {
      scanGroup: 'Scanners',
      folder: '\\Scan',
      qualys: qualysSettings,
      directory: directorySettings,
    };
    const book = await gather({ scanner: {}, directory: {}, settings });
    for (const key of evidenceKeys) {
      const entry = book[key];
      if (!entry || 'gap' in entry) expect.fail(`${key} is missing`);
      expect(evidence[key].safeParse(entry.value).error?.issues, key).toBeUndefined();
    }
  });

  it('asks each question at most once', async () => {
    const asked: string[] = [];
    await gather({ asked, settings: { scanGroup: 'Scanners' } });
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([]);
  });

  it('shares what does not depend on the secret', async () => {
    const asked: string[] = [];
    const gatherer = gathererOf({ asked });
    await gatherer.gather('one', evidenceKeys);
    const first = asked.length;
    await gatherer.gather('two', evidenceKeys);
    const rest = asked.slice(first);
    // The vault in memory gives both the id 42, and what hangs on the id is not asked again.
    expect(rest.filter((question) => !aboutOneSecret.test(question))).toEqual([]);
    expect(rest).toContain('secretsNamed "two"');
  });

  it('starts what does not depend on each other at once', async () => {
    const open: string[] = [];
    const hold = (name: string) => () => {
      open.push(name);
      return silent();
    };
    const vault = {
      configuration: hold('configuration'),
      usersNamed: hold('users'),
      secretsNamed: hold('secrets'),
      health: hold('health'),
    };
    void gather({ vault });
    await vi.waitFor(() => expect(open.sort()).toEqual(['configuration', 'health', 'secrets', 'users']));
  });

  it('hands the gap of one piece to those that rest on it, and to no other', async () => {
    const book = await gather({ vault: { secretsNamed: refused } });
    const resting = secretKeys.filter((key) => key !== 'targetAccount');
    for (const key of resting) expect(book[key], key).toEqual({ gap: gap('denied').gap });
    expect(book.scanUsers).toHaveProperty('value');
  });

  it('keeps a gap of one scan account to that account', async () => {
    const scanAccounts = [
      { username: 'svc-qualys', domain: 'CORP' },
      { username: 'nobody', domain: null },
    ];
    const book = await gather({ settings: { scanAccounts } }, ['scanUsers', 'scanUserRoles']);
    expect(book.scanUsers).toMatchObject({
      value: [{ told: { known: { id: 2 } } }, { told: { known: null } }],
    });
    expect(book.scanUserRoles).toMatchObject({
      value: [{ told: { known: [{ name: 'Scanner' }] } }, { told: { gap: { cause: 'absent' } } }],
    });
  });

  it('lets a bug of ours through', async () => {
    const broken = async (): Promise<never> => {
      throw new TypeError('a bug');
    };
    await expect(gather({ vault: { groupsOf: broken } })).rejects.toThrow('a bug');
  });

  it('calls it a bug when shared evidence asks for evidence about one secret', async () => {
    const read = (from: { ask(key: never): Promise<never> }) => from.ask('secret' as never);
    const siteReach = { ...readings.siteReach, read };
    await expect(gather({ readings: { siteReach } })).rejects.toThrow('about one secret');
  });

  it('turns silence into a gap at the deadline and keeps what arrived', async () => {
    vi.useFakeTimers();
    const deadline = new AbortController();
    const vault = { rolesOf: silent, secretsNamed: silent };
    const gathering = gather({ signal: deadline.signal, vault });
    await vi.advanceTimersByTimeAsync(1000);
    deadline.abort();
    await vi.advanceTimersByTimeAsync(1000);
    const book = await gathering;
    const detail = expect.stringContaining('the roles of the scan accounts');
    expect(book.scanUserRoles).toMatchObject({
      gap: { source: 'secret-server', cause: 'timed-out', detail },
    });
    expect(book.secretAudit).toMatchObject({ gap: { cause: 'timed-out' } });
    expect(book.scanUserGroups).toHaveProperty('value');
  });

  it('keeps the answers beside one that a port gave up on at the deadline', async () => {
    const deadline = new AbortController();
    const groupsOf = () =>
      new Promise<never>((_, reject) => {
        deadline.signal.addEventListener('abort', () => reject(gap('timed-out')));
      });
    const keys = ['secretMatches', 'secret', 'secretAccess'] as const;
    const gathering = gather({ signal: deadline.signal, vault: { groupsOf } }, keys);
    setImmediate(() => deadline.abort());
    const book = await gathering;
    expect(book.secretMatches).toMatchObject({
      value: { matches: [{ listed: { gap: { cause: 'timed-out' } } }] },
    });
    expect(book.secret).toHaveProperty('value');
    expect(book.secretAccess).toHaveProperty('value');
  });

  it('tells which systems are waited for', async () => {
    const told: string[][] = [];
    await gather({ onWaiting: (systems) => told.push(systems) }, ['health', 'resolution']);
    expect(told).toContainEqual(expect.arrayContaining(['Secret Server', 'the name service']));
    expect(told.at(-1)).toEqual([]);
  });

  it('keeps evidence about one secret apart from what is shared', () => {
    for (const key of evidenceKeys) {
      const scope = secretKeys.some((one) => one === key) ? 'secret' : 'batch';
      expect(readings[key].scope, key).toBe(scope);
    }
  });
});
