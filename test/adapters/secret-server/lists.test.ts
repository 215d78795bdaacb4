import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Ask } from '../../../src/adapters/secret-server/ask.ts';
import { rowsOf } from '../../../src/adapters/secret-server/paging.ts';
import { time } from '../../../src/adapters/secret-server/schemas/shapes.ts';
import { trailOf } from '../../../src/adapters/secret-server/trail.ts';
import { addSecret, manySecrets } from '../../../src/sandbox/secret-server/world/build.ts';
import { corp } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { heartbeat } from '../../../src/sandbox/secret-server/world/keepers.ts';
import { aVault, gapErrorOf } from './given.ts';

const Row = z.object({ at: time });
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;

/** A list of rows, minutes after the start, as a server would page it: `take` is what it gives at most. */
function serving(minutes: readonly number[], { mostAtOnce = 100, zone = '' } = {}) {
  const asked: number[] = [];
  const rows = minutes.map((one) => ({
    at: new Date(start + one * minute).toISOString().replace('Z', zone),
  }));
  const one: Ask['one'] = async (_, schema, query) => {
    const skip = Number(query?.['skip']);
    asked.push(skip);
    const records = rows.slice(skip, skip + Math.min(Number(query?.['take']), mostAtOnce));
    const next = skip + records.length;
    return schema.parse({ records, hasNext: next < rows.length, nextSkip: next }) as z.output<typeof schema>;
  };
  const ask: Ask = { one, oneIfKnown: one, once: (_, work) => work() };
  return { ask, asked };
}

const descending = (count: number) => Array.from({ length: count }, (_, index) => count - index);
const minutesOf = (rows: readonly { at: { ms: number } }[]) => rows.map(({ at }) => (at.ms - start) / minute);

describe('a trail that is read for one row', () => {
  const isRow = (minutes: number) => (row: { at: { ms: number } }) => row.at.ms === start + minutes * minute;
  const range = { since: start };

  it('ends with the page that has it', async () => {
    const { ask, asked } = serving(descending(1000));
    const { rows, cut } = await trailOf(ask, range, { path: '/x', row: Row, until: isRow(850) });
    expect({ asked, cut, last: minutesOf(rows).at(-1) }).toEqual({ asked: [0, 100], cut: false, last: 801 });
  });

  it('is read to its end where it is not sorted: a newer one may come later', async () => {
    const { ask, asked } = serving([1, ...descending(300)]);
    await trailOf(ask, range, { path: '/x', row: Row, until: isRow(1) });
    expect(asked).toEqual([0, 100, 200, 300]);
  });
});

describe('two trails of one secret at once', () => {
  it('share the pages that both read, and each is whole', async () => {
    await using given = await aVault();
    const { world, traffic } = given.server;
    for (let at = 1; at <= 150; at += 1) heartbeat(world, corp.secret, 'Success');
    const trail = (until?: () => boolean) =>
      given.vault.auditOfSecret(corp.secretId, {
        since: 0,
        includePasswordLog: true,
        ...(until && { until }),
      });
    const [whole, short] = await Promise.all([trail(), trail(() => true)]);
    expect([whole.rows.length > 150, short.rows.length]).toEqual([true, 100]);
    const asked = () => traffic.requests.filter(({ path }) => path.endsWith('/audits')).length;
    expect(asked()).toBe(2);
    await trail(() => true);
    expect(asked()).toBe(3);
  });
});

describe('a list', () => {
  it('is read to its end, in whatever portions the server gives it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 450 }),
        fc.integer({ min: 1, max: 100 }),
        async (count, mostAtOnce) => {
          const { ask } = serving(descending(count), { mostAtOnce });
          const rows = await rowsOf(ask, { path: '/list', row: Row });
          expect(minutesOf(rows)).toEqual(descending(count));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('that promises more and gives nothing is malformed, and no endless loop', async () => {
    const page = { records: [], hasNext: true, nextSkip: 0 };
    const one: Ask['one'] = async (_, schema) => schema.parse(page) as z.output<typeof schema>;
    const ask: Ask = { one, oneIfKnown: one, once: (_, work) => work() };
    expect((await gapErrorOf(rowsOf(ask, { path: '/list', row: Row }))).gap.cause).toBe('malformed');
  });

  it('with one row that is not understood is malformed as a whole', async () => {
    await using given = await aVault();
    given.server.switches.set('/api/v2/secrets', { kind: 'null-fields', names: ['doubleLockEnabled'] });
    const { gap } = await gapErrorOf(given.vault.secretsNamed(corp.secret));
    expect(gap).toMatchObject({ cause: 'malformed', detail: expect.stringContaining('doubleLockEnabled') });
  });
});

describe('a trail', () => {
  it('stops at the start of what is asked for', async () => {
    const { ask, asked } = serving(descending(1000));
    const since = start + 850 * minute;
    const { rows, cut } = await trailOf(ask, { since }, { path: '/trail', row: Row });
    expect(minutesOf(rows)).toEqual(descending(1000).slice(0, 151));
    expect(cut).toBe(false);
    expect(asked).toEqual([0, 100]);
  });

  it('is read to its end where the server did not sort it, and sorted here', async () => {
    const shuffled = descending(300).map((one) => (one * 7919) % 301);
    const { ask, asked } = serving(shuffled);
    const { rows } = await trailOf(ask, { since: start + 290 * minute }, { path: '/trail', row: Row });
    expect(minutesOf(rows)).toEqual([300, 299, 298, 297, 296, 295, 294, 293, 292, 291, 290]);
    expect(asked).toEqual([0, 100, 200]);
  });

  it.each([
    [4999, false],
    [5000, false],
    [5001, true],
    [9000, true],
  ])('of %i rows is cut at 5,000: %j', async (count, isCut) => {
    const { ask } = serving(descending(count));
    const { rows, cut } = await trailOf(ask, { since: 0 }, { path: '/trail', row: Row });
    expect(cut).toBe(isCut);
    expect(rows).toHaveLength(Math.min(count, 5000));
  });

  it('is read beyond 5,000 rows where no row may be missing, and no further than that', async () => {
    const { ask } = serving(descending(9000));
    const whole = start + 2_000 * minute;
    const { rows, cut } = await trailOf(ask, { since: 0, whole }, { path: '/trail', row: Row });
    expect(cut).toBe(true);
    expect(minutesOf(rows).at(-1)).toBeLessThan(2_000);
    expect(rows.length).toBeLessThan(7_200);
    const before = await trailOf(
      ask,
      { since: 0, whole: start + 8_000 * minute },
      { path: '/trail', row: Row },
    );
    expect(before.rows).toHaveLength(5_000);
  });

  it('keeps rows with an offset that may lie within, whatever the wall clock says', async () => {
    const { ask } = serving([10, -800, -900], { zone: 'Z' });
    const { rows } = await trailOf(ask, { since: start }, { path: '/trail', row: Row });
    expect(minutesOf(rows)).toEqual([10, -800]);
  });

  it('of what happened to an account leaves out what it did to others', async () => {
    await using given = await aVault();
    const { world } = given.server;
    const [scanner, jane] = ['svc-qualys', 'jane'].map((name) =>
      world.users.find((one) => one.userName === name),
    );
    const row = { id: 1, action: 'Edit', notes: 'by the scanner', from: null };
    world.userAudits.push({
      ...row,
      at: Date.now(),
      byUserId: scanner?.id ?? 0,
      affectedUserId: jane?.id ?? 0,
    });
    const { rows } = await given.vault.auditOfUser(scanner?.id ?? 0, { since: 0 });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ notes }) => notes === 'by the scanner')).toEqual([]);
  });
});

describe('the search for a secret', () => {
  it('finds every namesake: inactive, restricted, DoubleLocked and differing in case', async () => {
    await using given = await aVault();
    const { world } = given.server;
    const folderId = world.secrets.find(({ name }) => name === corp.secret)?.folderId ?? 0;
    addSecret(world, { id: 901, name: corp.secret, folderId, active: false });
    addSecret(world, { id: 902, name: corp.secret, folderId, doubleLock: true });
    addSecret(world, { id: 903, name: corp.secret, folderId, requiresApproval: true, requiresComment: true });
    addSecret(world, { id: 904, name: 'ScanAdmin', folderId });
    addSecret(world, { id: 905, name: 'scanadmin2', folderId });
    const found = await given.vault.secretsNamed(corp.secret);
    expect(found.map(({ id }) => id).sort()).toEqual([corp.secretId, 901, 902, 903, 904]);
    expect(found.find(({ id }) => id === 902)?.doubleLock).toBe(true);
    expect(found.find(({ id }) => id === 903)).toMatchObject({
      requiresApproval: true,
      requiresComment: true,
    });
  });

  it('lists a whole folder', async () => {
    await using given = await aVault();
    const { world } = given.server;
    const folderId = world.secrets.find(({ name }) => name === corp.secret)?.folderId ?? 0;
    manySecrets(world, 230, folderId);
    expect(await given.vault.secretsIn(folderId)).toHaveLength(233);
    expect(given.server.traffic.requests.filter(({ path }) => path === '/api/v2/secrets')).toHaveLength(3);
  });
});

describe('other versions of the server', () => {
  it('10.9 is asked by its older addresses', async () => {
    await using given = await aVault({ profile: { generation: '10.9' } });
    expect(await given.vault.secretsNamed(corp.secret)).toMatchObject([
      { id: corp.secretId, hasLauncher: null },
    ]);
    expect(await given.vault.configuration()).toMatchObject({
      maximumLoginFailures: 5,
      twoFactorForWebServices: false,
      forceHttps: true,
      webServicesEnabled: null,
      syslog: null,
    });
    given.server.switches.set(/roles-assigned$/, { kind: 'html', status: 404 });
    const [user] = await given.vault.usersNamed('svc-qualys');
    expect(await given.vault.rolesOf(user?.id ?? 0)).toMatchObject([{ name: 'Scanner' }]);
    expect(given.server.traffic.forbidden).toEqual([]);
  });

  it('2026 tells more, and in other words', async () => {
    await using given = await aVault({
      profile: {
        generation: '2026',
        permissionNames: 'code',
        userActions: 'code',
        secretActionPrefix: 'WEBSERVICE ',
        absentId: -1,
      },
    });
    const { vault } = given;
    expect(await vault.secretsNamed(corp.secret)).toMatchObject([{ folderPath: corp.folder }]);
    expect((await vault.self()).permissions).toContain('ViewSecret');
    const [user] = await vault.usersNamed('svc-qualys');
    const logins = await vault.auditOfUser(user?.id ?? 0, { since: 0 });
    expect(logins.rows.map(({ action }) => action)).toContain('login');
    const views = await vault.auditOfSecret(corp.secretId, { since: 0 });
    expect(views.rows.map(({ action }) => action)).toContain('viewed');
    const access = await vault.accessOfSecret(corp.secretId);
    expect(access.every(({ userId, groupId }) => (userId === null) !== (groupId === null))).toBe(true);
  });

  it('with its version hidden is read as before', async () => {
    await using given = await aVault();
    given.server.world.settings.hideVersion = true;
    expect(await given.vault.signIn()).toMatchObject({ state: 'accepted' });
    expect(given.server.traffic.requests.filter(({ path }) => path.endsWith('/version'))).toEqual([]);
  });
});
