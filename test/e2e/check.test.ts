import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import type { AuditLine } from '../../src/domain/audit.ts';
import { Report } from '../../src/domain/report.ts';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../src/sandbox/secret-server/simulator.ts';
import { secret } from '../../src/sandbox/secret-server/world/find.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { folderWith } from '../config/files.ts';
import { type Ended, vaultcheck } from './command-line.ts';

let vault: SecretServerSimulator;

beforeAll(async () => {
  vault = await simulateSecretServer();
});
afterAll(() => vault.close());

function folder(more = ''): string {
  const yaml = `version: 1
integrations:
  - name: corp
    secretServer:
      url: ${vault.url}
      reader: { username: ${vault.reader.username}, domain: ${vault.reader.domain}, password: { env: READER_PASSWORD } }
      tls: { caFile: ca.pem }
    scanAccounts: [{ username: svc-qualys, domain: ${corp.domain} }]
    folder: '${corp.folder}'
    secrets: [${corp.secret}]
${more}`;
  return folderWith({ 'vaultcheck.yaml': yaml, 'ca.pem': vault.caPem });
}

/** Runs a command and holds what must hold of every run: no password in any output. */
async function run(words: string[], cwd = folder(), password = vault.reader.password): Promise<Ended> {
  const ended = await vaultcheck(words, { cwd, env: { READER_PASSWORD: password } });
  expect(ended.stdout + ended.stderr).not.toContain(password);
  return ended;
}

const reportsOf = ({ stdout }: Ended) => Report.array().parse(JSON.parse(stdout));

describe('vaultcheck check, against a Secret Server', { timeout: 120_000 }, () => {
  it('gives one report per secret, each with every check, in the order asked', async () => {
    const ended = await run(['check', 'no-such-secret', corp.secret, '--json']);
    const reports = reportsOf(ended);
    expect(reports.map((one) => one.subject.secret)).toEqual(['no-such-secret', corp.secret]);
    for (const report of reports)
      expect(report.checks.map((one) => one.id)).toEqual(checks.map((one) => one.id));
    expect(ended.stderr).toBe('');
    expect(vault.traffic.forbidden).toEqual([]);
  });

  it('says of an integration whose folder cannot be read that it was not checked, beside the reports of the others', async () => {
    const lab = `  - name: lab
    secretServer:
      url: ${vault.url}
      reader: { username: ${vault.reader.username}, domain: ${vault.reader.domain}, password: { env: READER_PASSWORD } }
      tls: { caFile: ca.pem }
    scanAccounts: [{ username: svc-qualys, domain: ${corp.domain} }]
    folder: '\\Nowhere'
    secrets: folder
`;
    const both = await run(['check', '--all', '--json'], folder(lab));
    expect(reportsOf(both).map((one) => one.integration)).toEqual(['corp']);
    expect(both.stderr).toContain(
      'The secrets of lab are those in the folder \\Nowhere, which could not be read.',
    );
    expect(both.code).toBe(2);
    const alone = await run(['check', '--all', '--json', '--integration', 'lab'], folder(lab));
    expect(alone).toMatchObject({ code: 75, stdout: '' });
  });

  it('saves what it saw for its owner only, and judges it again to the same report', async () => {
    const cwd = folder();
    const first = await run(['check', corp.secret, '--json', '--save-evidence', 'seen.json'], cwd);
    expect(statSync(join(cwd, 'seen.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, 'seen.json'), 'utf8')).not.toContain(vault.reader.password);
    const again = await run(['replay', 'seen.json', '--json'], cwd);
    expect(reportsOf(again)).toEqual(reportsOf(first));
    expect(again.code).toBe(first.code);
  });

  it('saves several as a list that replay reads too', async () => {
    const cwd = folder();
    const first = await run(
      ['check', corp.secret, 'no-such-secret', '--json', '--save-evidence', 'seen.json'],
      cwd,
    );
    const again = await run(['replay', 'seen.json', '--json'], cwd);
    expect(reportsOf(again)).toEqual(reportsOf(first));
  });

  it('names the cause on the second line and ends with 1', async () => {
    secret(vault.world, corp.secret).doubleLock = true;
    const ended = await run(['check', '--all']);
    secret(vault.world, corp.secret).doubleLock = false;
    const [first, second] = ended.stdout.split('\n');
    expect(first).toMatch(/^✗ FAIL {2}scanadmin · corp — /);
    expect(second).toMatch(/^Cause .*DoubleLock/);
    expect(ended.code).toBe(1);
  });

  it('shows a waived finding as accepted, which changes the exit code', async () => {
    const known = `    appliances: [{ name: a1, addresses: [${corp.applianceAddress}] }]\n`;
    const accept = `${known}    accept: [{ check: hsts-enabled, reason: the proxy sets it, until: 2999-12-31 }]\n`;
    vault.world.settings.enableHsts = false;
    const strict = ['check', corp.secret, '--strict'];
    const [plain, waived] = await Promise.all([
      run(strict, folder(known)),
      run([...strict, '--json'], folder(accept)),
    ]);
    const printed = await run(strict, folder(accept));
    vault.world.settings.enableHsts = true;
    expect(plain.code).toBe(1);
    expect(plain.stdout).toContain('HSTS is off');
    const row = reportsOf(waived)[0]?.checks.find(({ id }) => id === 'hsts-enabled');
    expect(row).toMatchObject({ verdict: 'warn', accepted: { until: '2999-12-31' } });
    expect(printed.stdout).toMatch(/accepted until 2999-12-31:\s+the proxy sets it/);
    expect([waived.code, printed.code]).toEqual([0, 0]);
  });

  it('tells who viewed a secret and what an account did, newest first', async () => {
    const secretRows = JSON.parse((await run(['audit', corp.secret, '--json'])).stdout) as AuditLine[];
    expect(secretRows[0]).toMatchObject({ secret: corp.secret, source: 'secret-audit' });
    const ended = await run(['audit', 'svc-qualys', '--since', '30d']);
    expect(ended.stdout).toContain('account svc-qualys · corp');
    expect(ended.stdout).toContain(corp.applianceAddress);
    expect(ended.code).toBe(0);
  });

  it('says that a name is not known rather than that nothing happened', async () => {
    const ended = await run(['audit', 'nobody-at-all', '--json']);
    expect(ended).toMatchObject({
      code: 2,
      stdout: '[]\n',
      stderr: expect.stringContaining('nobody-at-all'),
    });
  });

  it('does not take silence for good news', async () => {
    vault.switches.set('all', { kind: 'hang' });
    const ended = await run(['check', corp.secret, '--json', '--timeout', '3s']);
    vault.switches.clear();
    const [report] = reportsOf(ended);
    expect(report?.overall).not.toBe('pass');
    expect([1, 2]).toContain(ended.code);
  });

  it('tells of a refused password without repeating it, and asks once', async () => {
    const before = vault.traffic.requests.filter((one) => one.path.includes('oauth2')).length;
    const ended = await run(['check', corp.secret, 'other', '--json'], folder(), 'canary-wrong-4d1e');
    const after = vault.traffic.requests.filter((one) => one.path.includes('oauth2')).length;
    expect(after - before).toBe(1);
    expect(JSON.stringify(reportsOf(ended))).toContain('denied');
    expect(ended.code).not.toBe(0);
  });
});
