import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisClient, whenReady } from '../../src/adapters/redis/connect.ts';
import { redisTarget } from '../../src/config/redis-url.ts';
import { Report } from '../../src/domain/report.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { documentedUser } from '../adapters/redis/sites/documented-user.ts';
import { vaultcheck } from './command-line.ts';
import { corpLines, reportsTo, runningService, type Surroundings, surroundings } from './place.ts';
import { noRealRedis, redisOnPort } from './redis-server.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const loader = import.meta.resolve('tsx');

type Probe = { child: ChildProcess; said(): string; ready: Promise<void>; ended: Promise<number | string> };

/** A probe as a process of its own, as the documented Redis user. */
describe.skipIf(noRealRedis)(`vaultcheck probe ${noRealRedis ?? ''}`, { timeout: 90_000 }, () => {
  let around: Surroundings;
  let redis: Awaited<ReturnType<typeof redisOnPort>>;
  const password = randomUUID();
  const probes: Probe[] = [];

  beforeAll(async () => {
    redis = await redisOnPort();
    around = await surroundings((vault) => [
      corpLines(vault, {
        appliances: [{ name: 'appliance-01', addresses: [corp.applianceAddress], site: 'dmz' }],
      }),
    ]);
    const client = redisClient(target(), 'patient', () => {});
    await whenReady(client, target(), 10_000);
    await client.call('ACL', ...documentedUser('probe-dmz', 'dmz', password));
    client.disconnect();
  });
  afterAll(async () => {
    for (const { child } of probes) child.kill('SIGKILL');
    await redis?.close();
    await around?.close();
  });

  function target() {
    const found = redisTarget(redis.url);
    if ('problem' in found) throw new Error(found.problem);
    return found;
  }

  function startProbe(): Probe {
    const { host } = new URL(around.vault.url);
    const env = {
      PATH: process.env['PATH'] ?? '',
      REDIS_URL: redis.url.replace('//', `//probe-dmz:${password}@`),
    };
    const words = ['--import', loader, main, 'probe', '--site', 'dmz', '--allow', host];
    const child = spawn(process.execPath, words, {
      cwd: around.folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    const ready = new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk) => {
        text += String(chunk);
        if (text.includes('"msg":"ready"')) resolve();
      });
      child.once('close', (code) => reject(new Error(`ended with ${code}: ${text}`)));
    });
    ready.catch(() => {});
    const ended = new Promise<number | string>((resolve) => {
      child.once('close', (code, signal) => resolve(signal ?? code ?? 0));
    });
    const probe = { child, said: () => text, ready, ended };
    probes.push(probe);
    return probe;
  }

  async function checked(): Promise<Report> {
    const env = { ...around.env, REDIS_URL: redis.url };
    const ended = await vaultcheck(['check', corp.secret, '--json'], { cwd: around.folder, env });
    const [report] = Report.array().parse(JSON.parse(ended.stdout || '[]'));
    if (!report) throw new Error(`There is no report: ${ended.stderr}`);
    return report;
  }

  const row = ({ checks }: Report, id: string) => checks.find((one) => one.id === id);
  const factsOf = (report: Report, id: string) => JSON.stringify(row(report, id)?.evidence);
  const served = (probe: Probe) => probe.said().split('"outcome":"seen"').length - 1;

  it('answers checks of the command line and of a worker', async () => {
    const probe = startProbe();
    await probe.ready;
    const report = await checked();
    expect(factsOf(report, 'url-resolves')).toContain('from site dmz');
    expect(factsOf(report, 'port-open')).toContain('from site dmz');
    expect(factsOf(report, 'tls-trusted')).toContain('from site dmz');
    expect(factsOf(report, 'reachable-from-appliance')).toContain('The probe at site dmz got through');
    expect(report.overall).toBe('pass');
    expect(served(probe)).toBe(1);

    const service = await runningService(around, target());
    await around.slack.command('U0ANA', 'general', `/vault check ${corp.secret}`);
    await around.slack.waitFor(() => reportsTo(around.slack, 'U0ANA')[0], 30_000, 'the report');
    await service.stop();
    // The watch of the service asks too.
    await expect.poll(() => served(probe)).toBeGreaterThan(1);
  });

  it('shares the questions of its site with another, and both end when told to', async () => {
    const [first] = probes;
    const second = startProbe();
    await second.ready;
    // Redis hands a question to whoever has waited longest.
    const before = first ? served(first) : 0;
    await expect
      .poll(
        async () => {
          expect((await checked()).overall).toBe('pass');
          return first && served(first) > before && served(second) > 0;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    second.child.kill('SIGTERM');
    expect(await second.ended, second.said()).toBe(0);
    expect((await checked()).overall).toBe('pass');
    expect(probes.map(({ said }) => said()).join('')).not.toContain(password);
  });

  it('is missed when it was killed: unknown, with since when, and the rest of the report stands', async () => {
    const [first] = probes;
    first?.child.kill('SIGKILL');
    await first?.ended;
    const report = await checked();
    for (const id of ['url-resolves', 'port-open', 'tls-trusted']) {
      expect(row(report, id)).toMatchObject({
        verdict: 'unknown',
        gaps: [
          {
            source: 'probe',
            cause: 'unreachable',
            detail: expect.stringMatching(
              /No probe of the site "dmz" is alive: the last sign of one was at 20/,
            ),
          },
        ],
      });
    }
    // The appliance itself logged in an hour ago.
    expect(row(report, 'reachable-from-appliance')?.verdict).toBe('pass');
    expect(report.checks.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(3);
    expect(report.diagnosis).toMatchObject({ kind: 'blind', check: 'url-resolves' });
  });
});
