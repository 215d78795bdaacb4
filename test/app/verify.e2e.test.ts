import { describe, expect, it } from 'vitest';
import { audit } from '../../src/app/audit.ts';
import { watchedSecrets } from '../../src/app/watched-secrets.ts';
import type { Report } from '../../src/domain/report.ts';
import { addSecret, manySecrets } from '../../src/sandbox/secret-server/world/build.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { aVaultToVerify } from './end-to-end.ts';

const verdicts = (report: Report | undefined) =>
  Object.fromEntries(report?.checks.map(({ id, verdict }) => [id, verdict]) ?? []);

const notWell = (report: Report | undefined) =>
  report?.checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped') ?? ['no report'];

describe('a check against a Secret Server', () => {
  it('passes the healthy world, with few calls, and leaves nothing behind', async () => {
    await using vault = await aVaultToVerify();
    const [one] = await vault.verify();
    expect(notWell(one?.report)).toEqual([]);
    expect(one?.report).toMatchObject({ overall: 'pass', diagnosis: null, proof: { level: 'proved' } });
    expect(one?.report.calls['secret-server']).toBeLessThanOrEqual(40);
    expect(one?.report.calls['secret-server']).toBe(vault.server.traffic.requests.length);
    expect(vault.server.traffic.forbidden).toEqual([]);
    expect(JSON.stringify(one)).not.toContain(vault.server.world.canary);
  });

  it('covers 200 secrets with 50 calls and 5 for each', { timeout: 120_000 }, async () => {
    await using vault = await aVaultToVerify();
    const { world } = vault.server;
    const [folder] = world.folders;
    const names = manySecrets(world, 200, folder?.id ?? -1).map(({ name }) => name);
    const all = await vault.verify(names, { deadlineMs: 100_000 });
    expect(all.map(({ report }) => report.subject.secret)).toEqual(names);
    expect(all.every(({ report }) => report.subject.secretId !== null)).toBe(true);
    expect(all[0]?.report.calls['secret-server']).toBeLessThanOrEqual(50 + 5 * 200);
    expect(new Set(all.map(({ report }) => report.calls['secret-server'])).size).toBe(1);
  });

  it.each([
    ['/api/v1/users/{id}/groups', 'secret-readable'],
    ['/api/v1/secrets/{id}/audits', 'secret-viewed'],
    ['/api/v2/secrets', 'secret-found'],
  ])('makes %s that hangs unknown, timed-out, within the deadline', async (path, id) => {
    await using vault = await aVaultToVerify();
    vault.server.switches.set(path, { kind: 'hang' });
    const from = performance.now();
    const [one] = await vault.verify([corp.secret], { deadlineMs: 4000 });
    expect(performance.now() - from).toBeLessThan(10_000);
    const row = one?.report.checks.find((check) => check.id === id);
    expect(row).toMatchObject({
      verdict: 'unknown',
      gaps: [{ source: 'secret-server', cause: 'timed-out' }],
    });
    expect(verdicts(one?.report)).toMatchObject({ 'account-enabled': 'pass', 'service-answers': 'pass' });
  });

  it('says which secret is meant when two have its name', async () => {
    await using vault = await aVaultToVerify();
    const [folder] = vault.server.world.folders;
    addSecret(vault.server.world, { name: corp.secret, folderId: folder?.id ?? -1 });
    const [one] = await vault.verify();
    expect(one?.report.subject.secretId).toBeNull();
    expect(verdicts(one?.report)).toMatchObject({ 'secret-found': 'fail', 'secret-readable': 'unknown' });
  });

  it('sends no password to a server whose certificate is not trusted', async () => {
    await using vault = await aVaultToVerify({ certificate: 'untrusted' });
    const [one] = await vault.verify();
    expect(verdicts(one?.report)).toMatchObject({ 'tls-trusted': 'fail', 'account-enabled': 'unknown' });
    expect(vault.server.traffic.requests.filter(({ path }) => path.includes('oauth2'))).toEqual([]);
  });
});

describe('questions beside the checks', () => {
  it('watches the folder', async () => {
    await using vault = await aVaultToVerify({}, { secrets: 'folder' });
    const watched = await watchedSecrets(vault.integration, { clock: { now: Date.now }, deadlineMs: 5000 });
    expect(watched).toEqual({ names: ['network-scan', 'scanadmin', 'unix-scan'], unwatched: 0 });
  });

  it('reads who viewed the secret and from where the account logged in', async () => {
    await using vault = await aVaultToVerify();
    const common = { integration: vault.integration, auditId: 'a', sinceMs: 86_400_000, deadlineMs: 5000 };
    const clock = { now: Date.now };
    const ofSecret = await audit({ ...common, clock, subject: { kind: 'secret', name: corp.secret } });
    expect(ofSecret).toMatchObject({
      gaps: [],
      lines: [{ who: corp.scanAccount }, { who: corp.scanAccount }],
    });
    const ofAccount = await audit({ ...common, clock, subject: { kind: 'account', name: corp.scanAccount } });
    expect(ofAccount).toMatchObject({ gaps: [], lines: [{ from: corp.applianceAddress }] });
  });
});
