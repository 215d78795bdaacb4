import { describe, expect, it } from 'vitest';
import { openGatherer } from '../../src/app/gather.ts';
import { readings } from '../../src/app/readings/index.ts';
import type { Entry } from '../../src/domain/book.ts';
import type { EvidenceKey } from '../../src/domain/evidence/index.ts';
import type { VaultLogin } from '../../src/domain/evidence/qualys.ts';
import { minuteMs } from '../../src/domain/instant.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Scanner } from '../../src/ports/scanner.ts';
import { clock, gap, integrationOf, now, qualysSettings, refused, type World } from './world.ts';

const scope = { signal: new AbortController().signal, sent: () => undefined };

async function gathered(keys: EvidenceKey[], world: World, secrets = ['scanadmin']) {
  const gatherer = openGatherer(integrationOf(world), { startedAt: now, clock, scope }, readings);
  const books = await Promise.all(secrets.map((secret) => gatherer.gather(secret, keys)));
  return books[0] ?? {};
}

const withQualys = (scanner: Partial<Scanner> = {}, more: Partial<Settings['qualys']> = {}): World => ({
  scanner,
  settings: { qualys: { ...qualysSettings, ...more } },
});

const known = (entry: Entry<unknown> | undefined) => (entry && 'value' in entry ? entry.value : entry);
const dated = <T>(found: T) => ({ readAt: now, found });
const record = (id: number, title: string) => ({ id, title, lastModified: null, modifiedBy: null });

describe('what is read of Qualys', () => {
  it('is nothing at all, and no gap, where no Qualys is configured', async () => {
    const keys = ['vaultRecords', 'authenticationRecords', 'scans'] as const;
    const book = await gathered([...keys], {});
    expect(keys.map((key) => known(book[key]))).toEqual([null, null, null]);
  });

  it('carries the time at which Qualys gave it', async () => {
    const book = await gathered(['vaultRecords', 'scannerAppliances'], withQualys());
    expect(book.vaultRecords).toMatchObject({ source: 'qualys', at: now - minuteMs });
    expect(book.scannerAppliances).toMatchObject({ source: 'qualys', at: now - minuteMs });
  });

  it('is asked once for all secrets', async () => {
    const asked: string[] = [];
    const keys: EvidenceKey[] = [
      'vaultRecords',
      'authenticationRecords',
      'scannedHosts',
      'failedAuthentications',
      'scans',
    ];
    await gathered(keys, { ...withQualys(), asked }, ['scanadmin', 'other', 'third']);
    expect(asked.toSorted()).toEqual([
      'authenticationRecords "unix"',
      'authenticationRecords "windows"',
      'failedAuthentications ["10.1.0.1-10.1.0.38"] [105015]',
      'hosts ["10.1.0.1-10.1.0.38"]',
      expect.stringMatching(/^scans \d+$/),
      'vaultLogin 1',
      'vaultRecords',
    ]);
  });

  it('counts the vault records of the configured titles only', async () => {
    const world = withQualys(
      { vaultRecords: async () => dated([record(1, ' Corp '), record(2, 'Lab')]) },
      { vaults: ['corp'] },
    );
    const book = await gathered(['vaultRecords'], world);
    expect(known(book.vaultRecords)).toMatchObject({ records: [{ record: { id: 1 } }] });
  });

  it('keeps what one vault record tells when another cannot be read', async () => {
    const login: VaultLogin = { url: 'https://v.example', username: 'u', domain: null };
    const world = withQualys({
      vaultRecords: async () => dated([record(1, 'a'), record(2, 'b')]),
      vaultLogin: async (id) => (id === 1 ? dated(login) : Promise.reject(gap('denied', 'qualys'))),
    });
    const book = await gathered(['vaultRecords'], world);
    expect(known(book.vaultRecords)).toMatchObject({
      records: [{ login: { known: login } }, { login: { gap: { cause: 'denied' } } }],
    });
  });

  it('reads no more than twenty vault records, and says so of the rest', async () => {
    const many = Array.from({ length: 23 }, (_, id) => record(id, `v${id}`));
    const asked: string[] = [];
    const book = await gathered(['vaultRecords'], {
      ...withQualys({ vaultRecords: async () => dated(many) }),
      asked,
    });
    expect(asked.filter((one) => one.startsWith('vaultLogin'))).toHaveLength(20);
    expect(known(book.vaultRecords)).toMatchObject({
      records: { 22: { login: { gap: { cause: 'truncated' } } } },
    });
  });

  it('asks for no hosts where no record names an address', async () => {
    const asked: string[] = [];
    const world = withQualys({ authenticationRecords: async () => dated([]) });
    const book = await gathered(['scannedHosts', 'failedAuthentications'], { ...world, asked });
    expect(known(book.scannedHosts)).toMatchObject({ hosts: [] });
    expect(known(book.failedAuthentications)).toMatchObject({ failures: [] });
    expect(asked.filter((one) => /^hosts|^failed/.test(one))).toEqual([]);
  });

  it('hands on the gap of the records to the hosts', async () => {
    const book = await gathered(['scannedHosts'], withQualys({ authenticationRecords: refused }));
    expect(book.scannedHosts).toMatchObject({ gap: { cause: 'denied' } });
  });

  it('leaves out scans that were launched before the window', async () => {
    const scan = (launchedAt: number) => ({
      title: 's',
      state: 'finished' as const,
      launchedAt,
      durationMs: 1,
      targets: [],
    });
    const start = now - 7 * 86_400_000;
    const world = withQualys({ scans: async () => dated([scan(start), scan(start - 1)]) });
    const book = await gathered(['scans'], world);
    expect(known(book.scans)).toMatchObject({ scans: [{ launchedAt: start }] });
    expect((known(book.scans) as { scans: unknown[] }).scans).toHaveLength(1);
  });
});
