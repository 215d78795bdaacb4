import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryRefusals } from '../../src/adapters/memory/refusals.ts';
import { memoryTurns } from '../../src/adapters/memory/turns.ts';
import { redisJournal } from '../../src/adapters/redis/journal.ts';
import { endpointOf } from '../../src/app/asked-once.ts';
import { composeIntegrations, openIntegrations } from '../../src/compose.ts';
import { Report } from '../../src/domain/report.ts';
import { lock } from '../../src/sandbox/directory/changes.ts';
import { type DirectorySimulator, simulateDirectory } from '../../src/sandbox/directory/simulator.ts';
import { corpDirectory, healthyDirectory } from '../../src/sandbox/directory/world.ts';
import { type QualysSimulator, simulateQualys } from '../../src/sandbox/qualys/simulator.ts';
import { corpQualys, healthyQualys } from '../../src/sandbox/qualys/world/healthy.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { type SiteSimulator, simulateSite } from '../../src/sandbox/site/simulator.ts';
import { runHere } from '../cli/in-process.ts';
import { testRedis } from '../redis.ts';
import { everythingIn } from './everything-in.ts';
import { corpLines, reportsTo, runningService, type Surroundings, surroundings } from './place.ts';

const qualysCanary = 'canary-in-qualys';
const directoryCanary = 'canary-in-the-directory';

/** Secret Server, Qualys, a directory and a site with its probe, all of them well. */
describe('a healthy world', { timeout: 60_000 }, () => {
  const redis = testRedis();
  let around: Surroundings;
  let scanner: QualysSimulator;
  let directory: DirectorySimulator;
  let site: SiteSimulator;
  const outputs: string[] = [];

  beforeAll(async () => {
    directory = await simulateDirectory({ world: healthyDirectory({ canary: directoryCanary }) });
    // Where its vault record points is set once the vault is there.
    const world = healthyQualys({ scannerUrl: 'https://later.example', canary: qualysCanary });
    scanner = await simulateQualys({ world });
    around = await surroundings((vault) => [lines(vault)]);
    for (const record of world.vaults) if (record.id === corpQualys.vaultId) record.url = around.vault.url;
    writeFileSync(join(around.folder, 'directory.pem'), directory.caPem);
    Object.assign(around.env, {
      QUALYS_PASSWORD: world.account.password,
      DIRECTORY_PASSWORD: directory.bind.password,
    });
    site = await simulateSite(redis.target(), [endpointOf(around.vault.url)]);
  });
  afterAll(async () => {
    await site?.close();
    await around?.close();
    await scanner?.close();
    await directory?.close();
  });

  function lines(vault: Surroundings['vault']) {
    const { username } = scanner.world.account;
    const { appliance: name, lan } = corpQualys;
    return corpLines(vault, {
      secrets: [corp.secret, 'unix-scan'],
      appliances: [{ name, addresses: [corp.applianceAddress], lan, site: 'dmz' }],
      qualys: { url: scanner.url, username, password: { env: 'QUALYS_PASSWORD' } },
      directory: {
        url: directory.url,
        baseDn: directory.world.baseDn,
        bindDn: directory.bind.dn,
        bindPassword: { env: 'DIRECTORY_PASSWORD' },
        tls: { caFile: 'directory.pem' },
        accounts: { [corp.secret]: corpDirectory.targetAccount },
      },
    });
  }

  /** The same configuration, with a listener or without one. */
  function configured(isListening: boolean): void {
    const file = join(around.folder, 'vaultcheck.yaml');
    const text = readFileSync(file, 'utf8').replace(/^listeners:[\s\S]*$/m, '');
    writeFileSync(file, isListening ? `${text}listeners: { syslog: { tcp: "127.0.0.1:0" } }\n` : text);
  }

  async function checkedAll(isWithRedis: boolean) {
    const { REDIS_URL: _, ...env } = around.env;
    const client = await redis.client('hasty');
    const withRedis: typeof openIntegrations = async (configs, environment) => {
      const [refusals, turns] = [memoryRefusals(), memoryTurns()];
      return composeIntegrations(configs, { environment, redis: client, refusals, turns, now: Date.now });
    };
    const open = isWithRedis ? withRedis : openIntegrations;
    const words = ['check', '--all', '--strict', '--json', '--save-evidence', 'seen.json'];
    const ended = await runHere(words, { cwd: around.folder, env, world: { openIntegrations: open } });
    outputs.push(ended.stdout, ended.stderr, readFileSync(join(around.folder, 'seen.json'), 'utf8'));
    return { code: ended.code, reports: Report.array().parse(JSON.parse(ended.stdout)) };
  }

  const notWell = ({ checks, subject }: Report) =>
    checks
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped')
      .map(({ id, finding, gaps }) => [subject.secret, id, finding, gaps]);
  const verdictOf = (report: Report | undefined, id: string) =>
    report?.checks.find((one) => one.id === id)?.verdict;

  it.each([
    { isListening: false, isWithRedis: false, receiving: 'skipped' },
    { isListening: false, isWithRedis: true, receiving: 'skipped' },
    { isListening: true, isWithRedis: false, receiving: 'skipped' },
    { isListening: true, isWithRedis: true, receiving: 'pass' },
  ])('is all pass and skipped, and ends with 0: %j', async ({ isListening, isWithRedis, receiving }) => {
    configured(isListening);
    const entry = {
      integration: 'corp',
      at: Date.now(),
      seenAt: Date.now(),
      via: 'tcp',
      action: 'login',
    } as const;
    const rest = { event: '1 LOGIN', account: null, secret: null, address: null, reason: null };
    await redisJournal(await redis.client('patient'), 86_400_000).write([{ ...entry, ...rest }]);
    const { code, reports } = await checkedAll(isWithRedis);
    expect(reports.flatMap(notWell)).toEqual([]);
    expect({ code, count: reports.length }).toEqual({ code: 0, count: 2 });
    const [first, second] = reports;
    expect(verdictOf(first, 'siem-receiving')).toBe(receiving);
    const ends = first?.checks.filter(({ section }) => section === 'qualys' || section === 'directory');
    expect(ends?.map(({ verdict }) => verdict)).toEqual(Array(8).fill('pass'));
    expect(verdictOf(second, 'password-in-step')).toBe('skipped');
    expect(first).toMatchObject({ overall: 'pass', diagnosis: null, proof: { level: 'proved' } });
  });

  it('and a broken one tell nobody what Qualys, the directory and the configuration hold in secret', async () => {
    configured(true);
    const service = await runningService(around, redis.target());
    const { slack } = around;
    for (const happen of [() => {}, () => lock(directory.world, corpDirectory.targetAccount)]) {
      happen();
      const before = reportsTo(slack, 'U0ANA').length;
      await slack.command('U0ANA', 'general', `/vault check ${corp.secret}`);
      await slack.waitFor(() => reportsTo(slack, 'U0ANA')[before], 30_000, 'the report');
    }
    directory.switches.failure = 'wrong-types';
    scanner.switches.set('all', { kind: 'half-body' });
    await checkedAll(false);
    const metrics = await (await fetch(`http://127.0.0.1:${service.opsPort}/metrics`)).text();
    const told = {
      outputs: outputs.join('\n'),
      log: service.logged(),
      metrics,
      calls: JSON.stringify(slack.log()),
      answers: JSON.stringify(slack.deliveries()),
      redis: await everythingIn(redis),
    };
    await service.stop();
    const sealed = [
      qualysCanary,
      directoryCanary,
      around.vault.world.canary,
      ...['SECRET_SERVER_PASSWORD', 'QUALYS_PASSWORD', 'DIRECTORY_PASSWORD'].map(
        (name) => around.env[name] ?? '',
      ),
    ];
    const found = () =>
      Object.entries(told).flatMap(([place, text]) =>
        sealed.filter((one) => text.includes(one)).map((one) => [place, one]),
      );
    expect(found()).toEqual([]);
    for (const text of Object.values(told)) expect(text.length).toBeGreaterThan(100);
    // They were there to be told: in what was answered, in entries and in variables.
    expect(JSON.stringify(scanner.world)).toContain(qualysCanary);
    expect(JSON.stringify(directory.world)).toContain(directoryCanary);
    expect(directory.traffic.searches.length).toBeGreaterThan(0);
    const client = await redis.client('patient');
    for (const one of sealed) await client.rpush('control', `x ${one}`);
    told.redis = await everythingIn(redis);
    expect(new Set(found().map(([, one]) => one))).toEqual(new Set(sealed));
  });
});
