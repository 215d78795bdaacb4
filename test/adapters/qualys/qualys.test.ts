import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { memoryTurns } from '../../../src/adapters/memory/turns.ts';
import { qualys } from '../../../src/adapters/qualys/qualys.ts';
import type { Scanner } from '../../../src/ports/scanner.ts';
import { questions } from '../../contracts/scanner.ts';
import { aQualys, optionsFor } from './given.ts';

/** What the vendor counts by. */
const apis = ['vault', 'auth', 'appliance', 'scan', 'asset'];

describe('the Qualys adapter', () => {
  it('reads the healthy world in our words', async () => {
    await using given = await aQualys();
    const scanner = given.ask();
    const [vaults, login, windows, unix, appliances, scans, hosts] = await Promise.all([
      scanner.vaultRecords(),
      scanner.vaultLogin(2034),
      scanner.authenticationRecords('windows'),
      scanner.authenticationRecords('unix'),
      scanner.appliances(),
      scanner.scans(Date.now() - 7 * 86_400_000),
      scanner.hosts(['10.1.0.1-10.1.0.38']),
    ]);
    expect(vaults.found).toMatchObject([{ id: 2034, title: 'Corp Secret Server', modifiedBy: 'corp_mg1' }]);
    expect(login.found).toEqual({
      url: 'https://vault.corp.example/SecretServer',
      username: 'svc-qualys',
      domain: 'CORP',
    });
    expect(windows.found).toMatchObject([
      { username: 'scanadmin', domain: 'CORP', vaultId: 2034, secretName: 'scanadmin' },
    ]);
    expect(windows.found[0]?.targets).toEqual(['10.1.0.1-10.1.0.38']);
    expect(unix.found).toMatchObject([{ secretName: 'unix-scan', domain: null }]);
    expect(appliances.found).toMatchObject([
      {
        name: 'appliance-01',
        online: true,
        heartbeatsMissed: 0,
        pollingSeconds: 180,
        addresses: ['192.168.7.4'],
      },
    ]);
    expect(scans.found).toMatchObject([{ state: 'finished', durationMs: 1_500_000 }]);
    expect(scans.found[0]?.targets).toEqual(['10.1.0.1-10.1.0.38', '10.2.0.1-10.2.0.12']);
    expect(hosts.found).toHaveLength(38);
  });

  it('asks each API one at a time, different ones side by side, and only lists and views', async () => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'slow', delayMs: 20 });
    const scanner = given.ask();
    await Promise.all(questions.map(([, ask]) => ask(scanner)));
    for (const api of apis) expect([api, given.server.maxOpenRequests(api)]).toEqual([api, 1]);
    expect(given.server.maxOpenRequests()).toBeGreaterThan(1);
    expect(given.server.requests).toHaveLength(questions.length);
    expect(given.server.forbidden).toEqual([]);
  });

  it('asks one at a time with another user of the same subscription', async () => {
    const turns = memoryTurns();
    await using given = await aQualys({ turns });
    const other = qualys(optionsFor(given.server, { turns, username: 'corp_zz9' }));
    given.server.switches.set('all', { kind: 'slow', delayMs: 5 });
    const run = { signal: new AbortController().signal, sent: () => undefined };
    await Promise.all([
      given.ask().appliances(),
      other(run)
        .appliances()
        .catch(() => undefined),
    ]);
    expect(given.server.maxOpenRequests()).toBe(1);
    other.close();
  });

  it('asks nothing beside the first question of a run, which shows that the password is taken', async () => {
    await using given = await aQualys();
    const most: number[] = [];
    given.server.switches.set('all', { kind: 'slow', delayMs: 20 });
    const scanner = given.ask();
    const first = scanner.vaultRecords().then(() => most.push(given.server.maxOpenRequests()));
    await Promise.all([first, scanner.appliances(), scanner.scans(Date.now())]);
    expect([...most, given.server.maxOpenRequests()]).toEqual([1, 2]);
  });

  it('stands in one line for an hour once the vendor says that too much runs at once', async () => {
    let now = 1_000_000_000_000;
    await using given = await aQualys({ now: () => now, keepMs: 0 });
    given.server.switches.set('all', { kind: 'code', code: 1960 }, 1);
    await given.ask().appliances();
    given.server.switches.set('all', { kind: 'slow', delayMs: 20 });
    const askAll = async () => {
      const scanner = given.ask();
      await Promise.all(questions.map(([, ask]) => ask(scanner)));
      return given.server.maxOpenRequests();
    };
    expect(await askAll()).toBe(1);
    now += 3_600_001;
    expect(await askAll()).toBeGreaterThan(1);
  });

  it('keeps answers for minutes, with the time at which they were given', async () => {
    let now = 1_000_000_000_000;
    await using given = await aQualys({ now: () => now });
    const first = await given.ask().appliances();
    now += 119_000;
    expect(await given.ask().appliances()).toEqual(first);
    now += 2000;
    expect((await given.ask().appliances()).readAt).toBe(now);
    expect(given.sent).toHaveLength(2);
  });

  it('shares one answer between runs that ask at once', async () => {
    await using given = await aQualys();
    await Promise.all([1, 2, 3].map(() => given.ask().appliances()));
    expect(given.sent).toHaveLength(1);
  });

  it('keeps no answer where it was told so', async () => {
    await using given = await aQualys({ keepMs: 0 });
    await given.ask().appliances();
    await given.ask().appliances();
    expect(given.sent).toHaveLength(2);
  });

  it('keeps no failure', async () => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'html' }, 1);
    await expect(given.ask().appliances()).rejects.toMatchObject({ gap: { cause: 'malformed' } });
    expect((await given.ask().appliances()).found).toHaveLength(1);
  });

  it('goes on with a cut list by the query alone, whatever host the answer names', async () => {
    await using given = await aQualys();
    given.server.world.pageSize = 10;
    expect((await given.ask().hosts(['10.1.0.1-10.1.0.38'])).found).toHaveLength(38);
    const { requests } = given.server;
    expect(requests.map((one) => one.path)).toEqual(Array(4).fill('/api/5.0/fo/asset/host/'));
    expect(requests.map((one) => one.query.action)).toEqual(Array(4).fill('list'));
    expect(requests.filter((one) => 'cloud_agent_activationkey' in one.query)).toEqual([]);
  });

  it('says that a list is longer than is read', async () => {
    await using given = await aQualys();
    given.server.world.pageSize = 3;
    const asked = given.ask().hosts(['10.1.0.1-10.1.0.38']);
    await expect(asked).rejects.toMatchObject({ gap: { cause: 'truncated' } });
    expect(given.sent).toHaveLength(10);
  });

  it.each([
    ['leads back to where it was', 'https://q.example/?action=list&truncation_limit=1000'],
    ['asks for another action', 'https://q.example/?action=delete'],
    ['names no query', 'https://q.example/'],
  ])('does not follow a cut list whose way on %s', async (_, url) => {
    await using given = await aQualys();
    const body = `<HOST_LIST_OUTPUT><RESPONSE><WARNING><CODE>1980</CODE><URL><![CDATA[${url}]]></URL></WARNING></RESPONSE></HOST_LIST_OUTPUT>`;
    given.server.switches.set('all', { kind: 'body', body });
    await expect(given.ask().hosts(['10.1.0.1'])).rejects.toMatchObject({ gap: { cause: 'malformed' } });
    expect(given.sent).toHaveLength(1);
  });

  it.each([
    [
      'in a list of warnings',
      '<WARNING_LIST><WARNING><CODE>1980</CODE><URL>https://q.example/?id_min=77</URL></WARNING></WARNING_LIST>',
    ],
    [
      'in words alone',
      '<WARNING><TEXT>1,000 record limit exceeded. Use URL to get next batch.</TEXT></WARNING>',
    ],
  ])('does not take a cut list for a whole one: %s', async (_, warning) => {
    await using given = await aQualys();
    const body = `<AUTH_WINDOWS_LIST_OUTPUT><RESPONSE>${warning}</RESPONSE></AUTH_WINDOWS_LIST_OUTPUT>`;
    given.server.switches.set('all', { kind: 'body', body });
    await expect(given.ask().authenticationRecords('windows')).rejects.toMatchObject({
      gap: { cause: 'malformed', detail: 'Qualys cut a list and did not say how it goes on.' },
    });
  });

  it('takes a list with another warning for a whole one', async () => {
    await using given = await aQualys();
    const warning = '<WARNING><CODE>1</CODE><TEXT>This version ends in June.</TEXT></WARNING>';
    const body = `<AUTH_WINDOWS_LIST_OUTPUT><RESPONSE>${warning}</RESPONSE></AUTH_WINDOWS_LIST_OUTPUT>`;
    given.server.switches.set('all', { kind: 'body', body });
    expect((await given.ask().authenticationRecords('windows')).found).toEqual([]);
  });

  const list = (root: string, inside: string) => `<${root}><RESPONSE>${inside}</RESPONSE></${root}>`;
  const vaultList = (inside: string) => list('AUTH_VAULT_LIST_OUTPUT', inside);
  const hostList = (inside: string) => list('HOST_LIST_OUTPUT', `<HOST_LIST>${inside}</HOST_LIST>`);

  it.each<[string, string, (scanner: Scanner) => Promise<unknown>, string]>([
    [
      'records by ids alone',
      list('AUTH_WINDOWS_LIST_OUTPUT', '<ID_SET><ID>4000</ID></ID_SET>'),
      (scanner) => scanner.authenticationRecords('windows'),
      'malformed',
    ],
    [
      'appliances by another name',
      list('APPLIANCE_LIST_OUTPUT', '<APPLIANCE_LIST><SCANNER><NAME>a</NAME></SCANNER></APPLIANCE_LIST>'),
      (scanner) => scanner.appliances(),
      'malformed',
    ],
    [
      'a vault record without its type',
      vaultList('<AUTH_VAULTS><AUTH_VAULT><ID>1</ID><TITLE>Corp</TITLE></AUTH_VAULT></AUTH_VAULTS>'),
      (scanner) => scanner.vaultRecords(),
      'malformed',
    ],
    [
      'fewer vault records than it counts',
      vaultList(
        '<COUNT>2</COUNT><AUTH_VAULTS><AUTH_VAULT><ID>1</ID><TITLE>Corp</TITLE><VAULT_TYPE>HashiCorp</VAULT_TYPE></AUTH_VAULT></AUTH_VAULTS>',
      ),
      (scanner) => scanner.vaultRecords(),
      'truncated',
    ],
    [
      'hosts that no scanner is told to have scanned',
      hostList(
        '<HOST><IP>10.1.0.1</IP><LAST_VULN_SCAN_DATETIME>2026-11-19T02:31:00Z</LAST_VULN_SCAN_DATETIME></HOST>',
      ),
      (scanner) => scanner.hosts(['10.1.0.1']),
      'absent',
    ],
  ])('does not take %s for nothing', async (_, body, ask, cause) => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'body', body });
    await expect(ask(given.ask())).rejects.toMatchObject({ gap: { source: 'qualys', cause } });
  });

  it('counts what an agent found as no scan', async () => {
    await using given = await aQualys();
    const found = '<LAST_VULN_SCAN_DATETIME>2026-11-19T02:31:00Z</LAST_VULN_SCAN_DATETIME>';
    const scanned = '<LAST_VM_SCANNED_DATE>2026-11-18T02:30:00Z</LAST_VM_SCANNED_DATE>';
    const body = hostList(
      `<HOST><IP>10.1.0.1</IP>${found}</HOST><HOST><IP>10.1.0.2</IP>${found}${scanned}</HOST>`,
    );
    given.server.switches.set('all', { kind: 'body', body });
    expect((await given.ask().hosts(['10.1.0.1-10.1.0.2'])).found).toMatchObject([
      { address: '10.1.0.1', scannedAt: null },
      { address: '10.1.0.2', scannedAt: Date.UTC(2026, 10, 18, 2, 30) },
    ]);
  });

  it('asks by POST where the addresses are too long for a URL', async () => {
    await using given = await aQualys();
    const many = Array.from({ length: 400 }, (_, at) => `10.1.${Math.floor(at / 250)}.${at % 250}`);
    expect((await given.ask().hosts(many)).found).toHaveLength(38);
    expect(given.server.requests).toMatchObject([{ method: 'POST', query: { action: 'list' } }]);
  });

  it('asks older versions where the newest is not known, and remembers which', async () => {
    await using given = await aQualys({ keepMs: 0 });
    given.server.world.unknownVersions = ['5.0', '4.0'];
    await given.ask().hosts(['10.1.0.1']);
    await given.ask().hosts(['10.1.0.1']);
    const versions = given.server.requests.map(({ path }) => path.slice(5, 8));
    expect(versions).toEqual(['5.0', '4.0', '3.0', '3.0']);
  });

  it('tries again where another request of the subscription runs', async () => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'code', code: 1960 }, 2);
    expect((await given.ask().appliances()).found).toHaveLength(1);
    expect(given.sent).toHaveLength(3);
  });

  it('waits as long as it is told where the hour is used up', async () => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'code', code: 1965, waitSeconds: 1 }, 1);
    const from = performance.now();
    expect((await given.ask().appliances()).found).toHaveLength(1);
    expect(performance.now() - from).toBeGreaterThanOrEqual(990);
  });

  it('does not ask that list again while a told wait lasts that no run can wait out', async () => {
    await using given = await aQualys();
    given.server.switches.set('/api/2.0/fo/appliance/', { kind: 'code', code: 1965, waitSeconds: 600 });
    const gap = { gap: { cause: 'throttled', detail: expect.stringContaining('600 s') } };
    await expect(given.ask().appliances()).rejects.toMatchObject(gap);
    await expect(given.ask().appliances()).rejects.toMatchObject({ gap: { cause: 'throttled' } });
    expect(given.sent).toHaveLength(1);
    expect((await given.ask().vaultRecords()).found).toHaveLength(1);
  });

  it.each([
    [409, 7200],
    [429, 7200],
  ])('takes a bare %i with its wait for a throttle', async (status, retryAfterSeconds) => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'status', status, retryAfterSeconds });
    await expect(given.ask().appliances()).rejects.toMatchObject({ gap: { cause: 'throttled' } });
    expect(given.sent).toHaveLength(1);
  });

  it.each([2001, 2003, 2011])('asks nothing more in a run after code %i', async (code) => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'code', code });
    const scanner = given.ask();
    const ended = await Promise.allSettled(questions.map(([, ask]) => ask(scanner)));
    expect(ended.every((one) => one.status === 'rejected')).toBe(true);
    expect(given.sent).toHaveLength(1);
    given.server.switches.clear();
    expect((await given.ask().appliances()).found).toHaveLength(1);
  });

  it('sends a refused password once, whoever asks, until it changes', async () => {
    const refusals = memoryRefusals();
    let password = 'wrong-secret';
    await using given = await aQualys({ refusals, password: () => password });
    const asked = () => Promise.allSettled(questions.map(([, ask]) => ask(given.ask())));
    await asked();
    await asked();
    expect(given.sent).toHaveLength(1);
    const other = qualys(optionsFor(given.server, { refusals, password: () => password }));
    const error: unknown = await other({ signal: new AbortController().signal, sent: () => undefined })
      .appliances()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      gap: { cause: 'denied', detail: expect.stringContaining('not tried again') },
    });
    expect(inspect(error, { depth: null })).not.toContain('wrong-secret');
    expect(given.server.requests).toHaveLength(1);
    other.close();
    password = given.server.world.account.password;
    const mended = qualys(optionsFor(given.server, { refusals, password: () => password }));
    const run = { signal: new AbortController().signal, sent: () => undefined };
    expect((await mended(run).appliances()).found).toHaveLength(1);
    mended.close();
  });

  it.each([
    [
      'a document that declares entities',
      '<!DOCTYPE A [<!ENTITY x "y">]><APPLIANCE_LIST_OUTPUT><RESPONSE/></APPLIANCE_LIST_OUTPUT>',
    ],
    ['two thousand elements deep', `${'<A>'.repeat(2000)}${'</A>'.repeat(2000)}`],
    ['no text', ''],
    ['an answer without RESPONSE', '<APPLIANCE_LIST_OUTPUT></APPLIANCE_LIST_OUTPUT>'],
  ])('is malformed: %s', async (_, body) => {
    await using given = await aQualys();
    given.server.switches.set('all', { kind: 'body', body });
    await expect(given.ask().appliances()).rejects.toMatchObject({ gap: { cause: 'malformed' } });
  });

  it('decodes what XML escapes, and leaves CDATA as it stands', async () => {
    await using given = await aQualys();
    const body =
      '<APPLIANCE_LIST_OUTPUT><RESPONSE><APPLIANCE><NAME>a &amp;lt; &#66;<![CDATA[ &amp; ]]></NAME><STATUS>Online</STATUS></APPLIANCE></RESPONSE></APPLIANCE_LIST_OUTPUT>';
    given.server.switches.set('all', { kind: 'body', body });
    expect((await given.ask().appliances()).found).toMatchObject([{ name: 'a &lt; B &amp;' }]);
  });

  it('names a record type that is none, and asks nothing', async () => {
    await using given = await aQualys();
    const asked = given.ask().authenticationRecords('../vault');
    await expect(asked).rejects.toMatchObject({ gap: { cause: 'not-configured' } });
    expect(given.sent).toEqual([]);
  });

  it('sends no password in clear to another host', async () => {
    await using given = await aQualys({ url: 'http://qualysapi.example' });
    await expect(given.ask().appliances()).rejects.toMatchObject({ gap: { cause: 'not-configured' } });
    expect(given.sent).toEqual([]);
  });

  it('trusts its own authority over TLS, and nobody else', async () => {
    await using given = await aQualys({}, { certificate: 'trusted' });
    expect((await given.ask().appliances()).found).toHaveLength(1);
    await using strange = await aQualys({ caPem: given.server.caPem }, { certificate: 'trusted' });
    await expect(strange.ask().appliances()).rejects.toMatchObject({ gap: { cause: 'unreachable' } });
  });
});
