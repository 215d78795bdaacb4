import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scanner } from '../../../src/ports/scanner.ts';
import type { Failure } from '../../../src/sandbox/qualys/simulator.ts';
import { reference, referenceAbsent } from '../../reference.ts';
import { aQualys } from './given.ts';

const folder = reference('qualys');
const at = (text: string) => Date.parse(text);

type Ask = (scanner: Scanner) => Promise<{ found: unknown }>;
const vaults: Ask = (scanner) => scanner.vaultRecords();
const login: Ask = (scanner) => scanner.vaultLogin(2034);
const windows: Ask = (scanner) => scanner.authenticationRecords('windows');
const unix: Ask = (scanner) => scanner.authenticationRecords('unix');
const appliances: Ask = (scanner) => scanner.appliances();
const scans: Ask = (scanner) => scanner.scans(0);
const hosts: Ask = (scanner) => scanner.hosts(['10.0.0.0-10.255.255.255']);
const failures: Ask = (scanner) => scanner.failedAuthentications(['10.20.1.10'], [105015]);

/** The answer to a question without details. */
const idsAlone = 'recorded/host-list-ids.xml';

/** What each sample must be read as; `status` is the one that it was served with. */
const read: readonly [file: string, ask: Ask, found: unknown][] = [
  ['recorded/host-list-empty.xml', hosts, []],
  ['recorded/host-list-empty-2022.xml', hosts, []],
  ['recorded/detection-empty.xml', failures, []],
  [
    'recorded/detections-windows.xml',
    failures,
    expect.arrayContaining([{ address: '10.10.10.11', qid: 38170, lastFoundAt: at('2018-04-13T03:48:50Z') }]),
  ],
  [
    'vendor-print/scan-list-v3.xml',
    scans,
    [
      {
        title: 'Azure Scan Internal Test',
        state: 'finished',
        launchedAt: at('2024-12-30T07:32:52Z'),
        durationMs: 27_000,
        targets: ['65188eb1-02b7-405e-861c-fb44c98a20d7', 'cc681b26-8899-4ca8-bedd-b187bdbb8bdb'],
      },
    ],
  ],
  [
    'vendor-print/host-list-lowercase.xml',
    hosts,
    [{ address: '11.11.11.111', scannedAt: null, authenticatedAt: null }],
  ],
  [
    'vendor-print/detection-v5.xml',
    failures,
    [{ address: '11.11.11.11', qid: 11, lastFoundAt: at('2023-10-11T07:11:13Z') }],
  ],
  ['synthetic/vault-list-empty.xml', vaults, []],
  [
    'synthetic/vault-list.xml',
    vaults,
    [
      {
        id: 2034,
        title: 'Secret Server (prod)',
        lastModified: at('2026-11-02T09:14:00Z'),
        modifiedBy: 'acme_vc2',
      },
    ],
  ],
  [
    'synthetic/vault-list-one-lastmodified-text.xml',
    vaults,
    [
      {
        id: 2034,
        title: 'Secret Server (prod)',
        lastModified: at('2026-11-02T09:14:00Z'),
        modifiedBy: null,
      },
    ],
  ],
  [
    'synthetic/vault-view.xml',
    login,
    {
      url: 'https://secretserver.example.internal/SecretServer/webservices/sswebservice.asmx',
      username: 'svc-qualys-ss',
      domain: 'vaultcheck.test',
    },
  ],
  [
    'synthetic/auth-windows-list.xml',
    windows,
    [
      {
        id: 4000,
        type: 'windows',
        title: 'Windows scan credentials',
        username: 'scanadmin',
        domain: 'vaultcheck.test',
        vaultId: 2034,
        vaultTitle: 'Secret Server (prod)',
        secretName: 'scanadmin',
        targets: ['10.20.0.7', '10.20.1.1-10.20.1.254'],
        lastModified: at('2026-05-11T07:40:00Z'),
      },
    ],
  ],
  [
    'synthetic/auth-unix-list.xml',
    unix,
    [expect.objectContaining({ id: 3000, secretName: 'scan-linux', domain: null, targets: ['10.30.0.5'] })],
  ],
  [
    'synthetic/appliance-list-full.xml',
    appliances,
    [
      {
        name: 'scanner-a',
        online: true,
        status: 'Online',
        heartbeatsMissed: 0,
        lastConnected: at('2026-11-20T07:58:02Z'),
        pollingSeconds: 180,
        addresses: ['10.20.0.40'],
      },
      expect.objectContaining({
        name: 'scanner-b',
        online: false,
        heartbeatsMissed: 41,
        lastConnected: null,
      }),
    ],
  ],
  [
    'synthetic/detection-auth-qids.xml',
    failures,
    expect.arrayContaining([{ address: '10.20.1.11', qid: 105015, lastFoundAt: at('2026-11-19T02:30:00Z') }]),
  ],
  [
    'synthetic/host-list-auth-dates.xml',
    hosts,
    [
      {
        address: '10.20.1.10',
        scannedAt: at('2026-11-19T02:30:00Z'),
        authenticatedAt: at('2026-11-19T02:30:00Z'),
      },
      expect.objectContaining({ address: '10.20.1.11', authenticatedAt: at('2026-10-29T02:30:00Z') }),
      { address: '10.30.0.5', scannedAt: at('2026-11-19T02:30:00Z'), authenticatedAt: null },
    ],
  ],
];

const refused: readonly [file: string, status: number, cause: string][] = [
  ['recorded/error-1905-bad-id.xml', 400, 'malformed'],
  ['recorded/error-2001-account-expired.xml', 200, 'denied'],
  ['test-bodies/error-1960-concurrency.xml', 409, 'throttled'],
  ['test-bodies/error-1965-rate.xml', 409, 'throttled'],
  ['test-bodies/error-2003-registration.xml', 409, 'denied'],
  ['test-bodies/error-2011-secureid.xml', 409, 'denied'],
  ['synthetic/error-999-internal.xml', 200, 'failing'],
  ['synthetic/error-1901-unknown-parameter.xml', 400, 'malformed'],
  ['synthetic/error-1903-missing-parameter.xml', 400, 'malformed'],
  ['synthetic/error-2000-bad-login.xml', 401, 'denied'],
  ['vendor-print/scan-launch-simple-return.xml', 200, 'malformed'],
  ['synthetic/auth-records-ids.xml', 200, 'malformed'],
  ['synthetic/auth-records-empty.xml', 200, 'malformed'],
  ['recorded/knowledge-base-one.xml', 200, 'malformed'],
  ['recorded/knowledge-base-empty.xml', 200, 'malformed'],
];

/** Cut lists: they are tried with the page that follows, which is empty. */
const cut: readonly [file: string, ask: Ask, next: string][] = [
  ['vendor-print/host-list-truncated-1980.xml', hosts, '145359'],
  ['vendor-print/detection-truncated-1980.xml', failures, '5641289'],
];

const body = (file: string, status = 200): Failure => ({
  kind: 'body',
  status,
  body: readFileSync(join(folder ?? '', file), 'utf8'),
});

describe.skipIf(!folder)(folder ? 'samples of Qualys' : `samples of Qualys: ${referenceAbsent}`, () => {
  it.each(read)('reads %s', async (file, ask, found) => {
    await using given = await aQualys();
    given.server.switches.set('all', body(file));
    expect((await ask(given.ask())).found).toEqual(found);
  });

  it.each(refused)('takes %s (HTTP %i) for %s', async (file, status, cause) => {
    await using given = await aQualys();
    given.server.switches.set('all', body(file, status));
    await expect(appliances(given.ask())).rejects.toMatchObject({ gap: { source: 'qualys', cause } });
    expect(given.sent).toHaveLength(cause === 'failing' || file.includes('1960') ? 3 : 1);
  });

  it('takes a list of ids alone for none of hosts', async () => {
    await using given = await aQualys();
    given.server.switches.set('all', body(idsAlone));
    await expect(hosts(given.ask())).rejects.toMatchObject({ gap: { cause: 'malformed' } });
  });

  it.each(cut)('goes on after %s on the same host', async (file, ask, next) => {
    await using given = await aQualys();
    given.server.world.hosts = [];
    given.server.switches.set('all', body(file), 1);
    expect((await ask(given.ask())).found).toHaveLength(1);
    expect(given.server.requests[1]?.query).toMatchObject({ action: 'list', id_min: next });
    expect(given.server.requests[1]?.query.ips).toBe(given.server.requests[0]?.query.ips);
  });

  it('knows every sample that is there', () => {
    const known = [...[...read, ...refused, ...cut].map(([file]) => file), idsAlone];
    const there = readdirSync(folder ?? '', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.xml'),
    );
    expect(known.toSorted()).toEqual(there.toSorted());
  });
});
