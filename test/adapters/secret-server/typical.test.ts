import { describe, expect, it } from 'vitest';
import { user } from '../../../src/sandbox/secret-server/world/find.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { aRun, aVault, gapErrorOf } from './given.ts';

describe('a healthy Secret Server, read as the reader', () => {
  it('answers every question of the port', async () => {
    await using given = await aVault();
    const { vault, server } = given;
    expect(await vault.health()).toMatchObject({ state: 'answered', healthy: true, readOnly: false });
    expect(await vault.now()).toMatchObject({
      now: { zoned: false },
      utcNow: { zoned: expect.any(Boolean) },
    });
    expect(await vault.soapDescription()).toMatchObject({ state: 'described' });
    expect(await vault.signIn()).toMatchObject({ state: 'accepted', remembered: false });
    expect((await vault.self()).permissions).toContain('View Secret');
    expect(await vault.configuration()).toMatchObject({
      webServicesEnabled: true,
      maximumLoginFailures: 5,
      approvalForced: false,
      forceHttps: true,
      hstsMaxAgeSeconds: 31_536_000,
      viewIntervalMinutes: 5,
      twoFactorForWebServices: false,
      syslog: { enabled: true, port: 514 },
    });
    expect(await vault.unlimitedAdministration()).toBe(false);
    const [scanner, ...others] = await vault.usersNamed('SVC-qualys');
    expect(others).toEqual([]);
    expect(scanner).toMatchObject({
      username: 'svc-qualys',
      domain: 'CORP',
      enabled: true,
      lockedOut: false,
      twoFactorMethods: [],
    });
    const id = scanner?.id ?? 0;
    const groups = await vault.groupsOf(id);
    expect(groups).toContainEqual(
      expect.objectContaining({ name: corp.scanGroup, synchronised: false, enabled: true, domain: null }),
    );
    const [role] = await vault.rolesOf(id);
    expect(await vault.permissionsOf(role?.id ?? 0)).toEqual(['View Secret', 'View Launcher Password']);
    expect(await vault.restrictionsOfUser(id)).toEqual([
      { name: 'Qualys appliance', range: corp.applianceAddress },
    ]);
    const [group] = await vault.groupsNamed('qualys scanners');
    expect(await vault.restrictionsOfGroup(group?.id ?? 0)).toEqual([]);
    const audit = await vault.auditOfUser(id, { since: 0 });
    expect(audit).toMatchObject({ cut: false });
    expect(audit.rows[0]).toMatchObject({ action: 'login', address: corp.applianceAddress });
    const [secret] = await vault.secretsNamed(corp.secret);
    expect(secret).toMatchObject({
      id: corp.secretId,
      active: true,
      doubleLock: false,
      heartbeat: 'Success',
    });
    const folder = await vault.folderAt(corp.folder);
    expect(folder).toMatchObject({ path: corp.folder, inheritsPermissions: false });
    expect(await vault.folder(folder?.id ?? 0)).toEqual(folder);
    expect(await vault.folderAt('\\Elsewhere')).toBeNull();
    expect((await vault.secretsIn(folder?.id ?? 0)).map(({ name }) => name).sort()).toEqual([
      'network-scan',
      corp.secret,
      'unix-scan',
    ]);
    expect(await vault.accessOfFolder(folder?.id ?? 0)).toContainEqual({
      level: 'view',
      userId: null,
      groupId: group?.id,
      principal: corp.scanGroup,
      inherited: true,
    });
    expect((await vault.accessOfSecret(corp.secretId)).map(({ level }) => level)).toContain('view');
    expect(await vault.approvalRule(corp.secretId)).toEqual({
      required: false,
      editorsAlso: false,
      ownersAlso: false,
    });
    expect(await vault.commentRule(corp.secretId)).toEqual({ comment: false, ticket: false });
    expect(await vault.checkOutState(corp.secretId)).toMatchObject({ checkedOut: false, by: null });
    const views = await vault.auditOfSecret(corp.secretId, { since: 0 });
    expect(views.rows.map(({ action }) => action)).toContain('viewed');
    expect(await vault.auditOfFolder(folder?.id ?? 0, { since: 0 })).toEqual({ rows: [], cut: false });
    expect(server.traffic.forbidden).toEqual([]);
    expect(server.traffic.requests.filter(({ path }) => path === '/oauth2/token')).toHaveLength(1);
  });
});

describe('who is told of events', () => {
  it('reads active subscriptions, what they listen for and the people behind them', async () => {
    await using given = await aVault();
    const { vault, server } = given;
    server.world.subscriptions.push({ id: 8, name: 'Old', active: false, events: [], subscribers: [] });
    const [one, ...others] = await vault.eventSubscriptions();
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      name: 'Scan account alerts',
      events: [
        { event: 'login-failure', condition: 'all', itemId: null },
        { event: 'lockout', condition: 'all', itemId: null },
      ],
    });
    const [admins] = one?.subscribers ?? [];
    if (!admins) expect.fail('nobody is subscribed');
    expect(await vault.peopleOf(admins)).toEqual([{ name: 'Jane Admin', enabled: true, hasEmail: true }]);
    const jane = { groupId: 1, name: 'jane admin', isGroup: false };
    expect(await given.open(aRun()).peopleOf(jane)).toMatchObject([{ name: 'Jane Admin' }]);
    expect(await vault.inboxRules()).toEqual([
      { name: 'Mail scan account alerts', sendsEmail: true, about: ['Scan account alerts'] },
    ]);
  });

  it('tells of one without an address, and leaves out who is disabled', async () => {
    await using given = await aVault();
    const { vault, server } = given;
    Object.assign(user(server.world, corp.administrator), { email: null });
    const [one] = await vault.eventSubscriptions();
    const [admins] = one?.subscribers ?? [];
    if (!admins) expect.fail('nobody is subscribed');
    expect(await vault.peopleOf(admins)).toEqual([{ name: 'Jane Admin', enabled: true, hasEmail: false }]);
    user(server.world, corp.administrator).enabled = false;
    expect(await given.open(aRun()).peopleOf(admins)).toEqual([]);
  });

  it('says absent of the inbox of a server that has none', async () => {
    await using given = await aVault({ profile: { generation: '10.9' } });
    expect((await gapErrorOf(given.vault.inboxRules())).gap.cause).toBe('absent');
  });
});
