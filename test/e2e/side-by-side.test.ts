import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIntegrations } from '../../src/compose.ts';
import { Report } from '../../src/domain/report.ts';
import { type QualysSimulator, simulateQualys } from '../../src/sandbox/qualys/simulator.ts';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../src/sandbox/secret-server/simulator.ts';
import { runHere } from '../cli/in-process.ts';
import { testRedis } from '../redis.ts';
import { corpLines, runningService, type Surroundings, surroundings } from './place.ts';

/** Four integrations: two on one Qualys subscription, one that hangs, one where nobody is at home. */
describe('several integrations side by side', { timeout: 120_000 }, () => {
  const redis = testRedis();
  let around: Surroundings;
  let lab: SecretServerSimulator;
  let scanner: QualysSimulator;

  beforeAll(async () => {
    lab = await simulateSecretServer();
    scanner = await simulateQualys();
    around = await surroundings((vault) => {
      const { username } = scanner.world.account;
      const qualys = { url: scanner.url, username, password: { env: 'QUALYS_PASSWORD' } };
      const corp = corpLines(vault, { qualys });
      const server = (url: string, tls?: object) => ({
        secretServer: { ...(corp['secretServer'] as object), url, tls },
        qualys: undefined,
      });
      return [
        { ...corp, ...server(lab.url, { caFile: 'lab.pem' }), name: 'lab', secrets: 'folder' },
        { ...corp, ...server('http://127.0.0.1:1/SecretServer'), name: 'shut', secrets: ['scanadmin'] },
        corp,
        { ...corp, name: 'twin', secrets: ['unix-scan', 'network-scan'] },
      ];
    });
    for (const record of scanner.world.vaults) record.url = around.vault.url;
    writeFileSync(join(around.folder, 'lab.pem'), lab.caPem);
    around.env['QUALYS_PASSWORD'] = scanner.world.account.password;
  });
  afterAll(async () => {
    await around?.close();
    await scanner?.close();
    await lab?.close();
  });

  async function checkAll(timeout: string): Promise<Report[]> {
    const { REDIS_URL: _, ...env } = around.env;
    const words = ['check', '--all', '--json', '--timeout', timeout];
    const ended = await runHere(words, { cwd: around.folder, env, world: { openIntegrations } });
    return Report.array().parse(JSON.parse(ended.stdout));
  }

  const verdictsIn = (reports: Report[], integration: string) =>
    reports
      .filter((one) => one.integration === integration)
      .map(({ subject, checks }) => [subject.secret, checks.map(({ id, verdict }) => [id, verdict])]);

  it('do not keep each other, nor tell of each other', async () => {
    const before = scanner.requests.length;
    const well = await checkAll('50s');
    expect(scanner.requests.length - before, 'each list of the subscription once').toBe(8);
    expect(well.map((one) => `${one.integration} ${one.subject.secret}`)).toEqual([
      'lab network-scan',
      'lab scanadmin',
      'lab unix-scan',
      'shut scanadmin',
      'corp scanadmin',
      'twin unix-scan',
      'twin network-scan',
    ]);
    expect(verdictsIn(well, 'corp')).not.toEqual([]);

    lab.switches.set('all', { kind: 'hang' });
    const asked = () => around.vault.traffic.requests.length;
    const from = asked();
    const checking = checkAll('30s');
    // The others are at work while the first question to lab still hangs.
    await expect
      .poll(() => lab.traffic.openRequests > 0 && asked() - from > 10, { timeout: 25_000 })
      .toBe(true);
    const broken = await checking;
    lab.switches.clear();
    for (const name of ['corp', 'twin', 'shut'])
      expect(verdictsIn(broken, name)).toEqual(verdictsIn(well, name));
    // Its folder could not be read, so it has no report.
    expect(verdictsIn(broken, 'lab')).toEqual([]);
  });

  it('come in one by one where a worker checks all of them', async () => {
    lab.switches.set('all', { kind: 'hang' });
    const service = await runningService(around, redis.target());
    const messages = () => around.slack.directMessages('U0ANA').map(({ text }) => text);
    await around.slack.command('U0ANA', 'general', '/vault check all');
    // Three of corp and twin, one of shut, while lab has not even listed its folder.
    await around.slack.waitFor(
      () => messages().find((text) => text.includes('4 of 4')),
      50_000,
      'the results of those that answer',
    );
    lab.switches.clear();
    await around.slack.waitFor(
      () => messages().find((text) => /Checked \d/.test(text)),
      60_000,
      'the end of the batch',
    );
    await service.stop();
  });
});
