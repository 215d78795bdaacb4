import { describe, expect, it } from 'vitest';
import { audit } from '../../src/app/audit.ts';
import { watchedSecrets } from '../../src/app/watched-secrets.ts';
import type { Report } from '../../src/domain/report.ts';
import {
  addFolder,
  addSecret,
  addUser,
  manySecrets,
  permission,
} from '../../src/sandbox/secret-server/world/build.ts';
import { folder, secret, user } from '../../src/sandbox/secret-server/world/find.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { World } from '../../src/sandbox/secret-server/world/world.ts';
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

  it.each(['CORP\\svc-qualys', 'svc-qualys@corp.example'])(
    'finds the scan account that the configuration writes as %s',
    async (username) => {
      await using vault = await aVaultToVerify({}, { scanAccounts: [{ username, domain: null }] });
      const [one] = await vault.verify();
      expect(notWell(one?.report)).toEqual([]);
    },
  );

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

describe('practice and alerts', () => {
  const rows = async (vault: Awaited<ReturnType<typeof aVaultToVerify>>) =>
    verdicts((await vault.verify())[0]?.report);

  it.each([
    ['page', 'fail'],
    ['redirect', 'warn'],
    ['closed', 'warn'],
  ] as const)('with HTTPS not forced and a port 80 that answers %s, says %s', async (answers, verdict) => {
    await using vault = await aVaultToVerify();
    vault.server.world.settings.forceHttps = false;
    vault.server.plainHttp.answers = answers;
    expect(await rows(vault)).toMatchObject({ 'https-forced': verdict });
  });

  it('knows a secret outside of the folder, and a folder that everybody reads', async () => {
    await using vault = await aVaultToVerify({}, { folderAdmins: [corp.administrators] });
    const { world } = vault.server;
    const other = addFolder(world, { name: 'Other', permissions: folder(world, corp.folder).permissions });
    secret(world, corp.secret).folderId = other.id;
    const guest = addUser(world, { userName: 'guest' });
    const shared = permission(world, { kind: 'user', id: guest.id }, 'View');
    folder(world, corp.folder).permissions = [...folder(world, corp.folder).permissions, shared];
    expect(await rows(vault)).toMatchObject({ 'folder-dedicated': 'warn', 'folder-read-only': 'warn' });
  });

  it.each<[string, (world: World) => void, object]>([
    [
      'one way suffices',
      ({ settings }) => Object.assign(settings.syslog, { enabled: false }),
      { 'lockout-subscribed': 'pass', 'siem-forwarding': 'skipped' },
    ],
    [
      'the other way suffices',
      (world) => {
        world.subscriptions = [];
      },
      { 'lockout-subscribed': 'skipped', 'siem-forwarding': 'pass' },
    ],
    [
      'an address is missing',
      (world) => {
        user(world, corp.administrator).email = null;
        world.settings.syslog.enabled = false;
      },
      { 'lockout-subscribed': 'warn', 'siem-forwarding': 'fail' },
    ],
  ])('holds the two ways of an alert together: %s', async (_, change, expected) => {
    await using vault = await aVaultToVerify();
    change(vault.server.world);
    expect(await rows(vault)).toMatchObject(expected);
  });

  it('accepts what is waived, and nothing else changes', async () => {
    const accept = [
      { check: 'hsts-enabled', secret: null, reason: 'the proxy does it', until: '2999-12-31' },
    ];
    await using vault = await aVaultToVerify({}, { accept });
    vault.server.world.settings.enableHsts = false;
    const [one] = await vault.verify();
    expect(one?.report).toMatchObject({ overall: 'pass', diagnosis: null, proof: { level: 'proved' } });
    expect(one?.report.checks.find(({ id }) => id === 'hsts-enabled')).toMatchObject({
      verdict: 'warn',
      accepted: { reason: 'the proxy does it', until: '2999-12-31' },
    });
  });

  it('proves nothing by what came before the permissions of the folder changed', async () => {
    await using vault = await aVaultToVerify();
    const { world } = vault.server;
    world.folderAudits.push({
      folderId: folder(world, corp.folder).id,
      at: world.now(),
      action: 'EDIT PERMISSIONS',
      displayName: 'Jane Admin',
      notes: 'Qualys Scanners (Granted View)',
    });
    expect((await vault.verify())[0]?.report.proof).toMatchObject({
      level: 'partial',
      text: expect.stringContaining('the folder, EDIT PERMISSIONS'),
    });
  });

  it.each([true, false])('passes the healthy world, listening: %s', async (listening) => {
    await using vault = await aVaultToVerify({}, { listening });
    expect(notWell((await vault.verify())[0]?.report)).toEqual([]);
  });
});

describe('questions beside the checks', () => {
  it('watches the folder', async () => {
    await using vault = await aVaultToVerify({}, { secrets: 'folder' });
    const watched = await watchedSecrets(vault.integration, { clock: { now: Date.now }, deadlineMs: 5000 });
    expect(watched).toEqual({ names: ['network-scan', 'scanadmin', 'unix-scan'], unwatched: 0 });
  });

  it('counts what the listing of a batch sent among the calls of its reports', async () => {
    await using vault = await aVaultToVerify({}, { secrets: 'folder' });
    const calls = {};
    const question = { clock: { now: Date.now }, deadlineMs: 5000, calls };
    const { names } = await watchedSecrets(vault.integration, question);
    const all = await vault.verify(names, { calls });
    expect(all).toHaveLength(3);
    const sent = vault.server.traffic.requests.length;
    expect(all.map(({ report }) => report.calls['secret-server'])).toEqual([sent, sent, sent]);
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
